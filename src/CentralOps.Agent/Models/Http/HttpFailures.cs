using System.Security.Authentication;
using System.Text.Json;
using CentralOps.Agent.Models.Answers;

namespace CentralOps.Agent.Models.Http;

/// <summary>What happens on the way, in words: no type names, no stack.</summary>
internal static class HttpFailures
{
    public static bool IsTransport(Exception fault) => fault is HttpRequestException or IOException;

    /// <summary>What a transport threw, and whether another attempt may do better.</summary>
    public static (string Words, bool Again) Describe(Exception fault) => ((fault as HttpRequestException)?.HttpRequestError ?? (fault as HttpIOException)?.HttpRequestError) switch
    {
        HttpRequestError.NameResolutionError => ("the host's name does not resolve", true),
        HttpRequestError.SecureConnectionError => ("no trusted TLS connection", fault.InnerException is not AuthenticationException),
        HttpRequestError.ProxyTunnelError => ("the proxy made no tunnel", false),
        HttpRequestError.ConnectionError => ("the connection was refused or failed", true),
        HttpRequestError.ConfigurationLimitExceeded => ("the headers are larger than what is read", false),
        HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.VersionNegotiationError => ("the answer is not HTTP", false),
        _ => ("the connection was closed before the answer was complete", true),
    };

    /// <summary>An answer that broke off; asked again, the model may answer.</summary>
    public static ModelException Broke(ModelSubject subject, string words)
    {
        var told = ModelWords.Of(ModelProblem.Broken, subject, words);
        return new ModelException(told.Problem, told.Message, told.Remedy) { MayPass = true };
    }

    /// <summary>An error in the middle of an answer.</summary>
    public static ModelException InAnswer(ModelSubject subject, JsonElement holder)
    {
        const int Unknown = 0;
        var (code, said) = HttpRefusal.Read(holder);
        var problem = HttpMeanings.Of(Unknown, code, said);
        var told = ModelWords.Of(problem, subject, problem == ModelProblem.Credentials ? null : said.Length > 0 ? said : code);
        return new ModelException(problem, told.Message, told.Remedy) { MayPass = problem is ModelProblem.Throttled or ModelProblem.Unavailable };
    }
}
