using System.Collections.Concurrent;

namespace CentralOps.Sandbox.Bedrock;

/// <summary>
/// What the sandbox's models answer: the turns of a script, in order, or what a function makes of each request. Safe for concurrent use.
/// Every request is kept, so that a test can see what a model was asked.
/// </summary>
public sealed class ModelScript
{
    /// <summary>The model that is there without a script.</summary>
    public const string EchoModel = "sandbox.echo";

    private const int MostKept = 1000;

    private readonly Func<ModelRequest, CancellationToken, ValueTask<ModelTurn>> _answer;
    private readonly ConcurrentQueue<ModelRequest> _requests = new();

    private ModelScript(Func<ModelRequest, CancellationToken, ValueTask<ModelTurn>> answer, bool everyModel) => (_answer, ServesEveryModel) = (answer, everyModel);

    /// <summary>Nothing is scripted: <see cref="EchoModel"/> says that it is a stand-in, and no other model is there.</summary>
    public static ModelScript Echo { get; } = new(static (request, _) => new(EchoTurn.Of(request)), everyModel: false);

    /// <summary>The last thousand requests, oldest first.</summary>
    public IReadOnlyList<ModelRequest> Requests => [.. _requests];

    /// <summary>Whether any model id is answered, or the echo's alone.</summary>
    internal bool ServesEveryModel { get; }

    /// <summary>Turns one after the other, whoever asks; who asks for more than there are is refused with a <c>ValidationException</c> that says so.</summary>
    public static ModelScript Of(params IEnumerable<ModelTurn> turns)
    {
        var left = new ConcurrentQueue<ModelTurn>(turns);
        return By((_, _) => new(left.TryDequeue(out var turn) ? turn : ModelTurn.Refuse("ValidationException", "The script of this sandbox's model has no more turns.")));
    }

    /// <summary>A function makes the turn of each request.</summary>
    public static ModelScript By(Func<ModelRequest, ModelTurn> answer) => By((request, _) => new(answer(request)));

    /// <summary>The same, for one that waits; the token ends when the sandbox stops.</summary>
    public static ModelScript By(Func<ModelRequest, CancellationToken, ValueTask<ModelTurn>> answer) => new(answer, everyModel: true);

    internal ValueTask<ModelTurn> AnswerAsync(ModelRequest request, CancellationToken cancellationToken)
    {
        // The echo is one for all sandboxes of a process: it keeps nothing.
        if (ServesEveryModel)
        {
            _requests.Enqueue(request);
            while (_requests.Count > MostKept && _requests.TryDequeue(out _))
            {
            }
        }

        return _answer(request, cancellationToken);
    }
}
