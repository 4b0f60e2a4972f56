using CentralOps.Aws.Models;

namespace CentralOps.Aws.Protocols.Transcoding;

/// <summary>Finds the pagination token of a page while it is transcoded: members from the output's root down to the token.</summary>
internal sealed class TokenCapture
{
    private readonly Member[] _path;

    private TokenCapture(Member[] path) => _path = path;

    /// <summary>The token; null when the page had none, or an empty one, which means the same to AWS.</summary>
    public string? Text { get; private set; }

    /// <summary>Null when the operation does not page by one token that is a member.</summary>
    public static TokenCapture? For(OperationModel operation)
    {
        if (operation.Pagination is not { OutputTokens: [var token] } || operation.Output is not { } shape)
        {
            return null;
        }

        // A few models give alternatives as JMESPath (NextMarker || Contents[-1].Key): the first is the token where AWS sends one.
        var end = token.IndexOf("||", StringComparison.Ordinal);
        var names = (end < 0 ? token : token[..end]).Trim().Split('.');
        var path = new Member[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            if (shape.FindMember(names[i]) is not { } member)
            {
                return null;
            }

            path[i] = member;
            shape = member.Shape;
        }

        return shape.IsScalar ? new(path) : null;
    }

    /// <param name="depth">How many members of the path lead here; -1 when the way left it.</param>
    public bool At(int depth, Member member) => depth >= 0 && depth < _path.Length && ReferenceEquals(_path[depth], member);

    public bool EndsAt(int depth) => depth == _path.Length - 1;

    public void Take(string text) => Text = text.Length == 0 ? null : text;
}
