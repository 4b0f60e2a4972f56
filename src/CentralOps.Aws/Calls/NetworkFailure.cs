using System.Net.Sockets;
using System.Security.Authentication;

namespace CentralOps.Aws.Calls;

/// <summary>What happened on the way, in words for people: no type names, no stack.</summary>
/// <param name="Again">Whether another attempt may do better.</param>
internal sealed record NetworkFailure(string Code, string Message, bool Again)
{
    public static NetworkFailure TimedOut(string host, TimeSpan after) =>
        new(NetworkCodes.TimedOut, $"{host} did not answer within {after.TotalSeconds:0.###} s.", Again: true);

    public static NetworkFailure TooLarge(string host, int limit) =>
        new(NetworkCodes.AnswerTooLarge, $"The answer of {host} is larger than {limit} bytes. Ask for less, by a filter or a smaller page.", Again: false);

    public static NetworkFailure Malformed(string host, string problem) =>
        new(NetworkCodes.MalformedAnswer, $"{host} answered, but not in the service's protocol: {problem}", Again: false);

    /// <summary>Reads what an HTTP handler threw.</summary>
    public static NetworkFailure From(Exception fault, string host)
    {
        var error = (fault as HttpRequestException)?.HttpRequestError ?? (fault as HttpIOException)?.HttpRequestError;
        var socket = Find<SocketException>(fault)?.SocketErrorCode;
        return (error, socket) switch
        {
            (HttpRequestError.ConfigurationLimitExceeded, _) =>
                new(NetworkCodes.AnswerTooLarge, $"The headers of the answer of {host} are larger than what is read.", Again: false),
            (HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.VersionNegotiationError, _) =>
                Malformed(host, "it is not HTTP."),
            (HttpRequestError.ProxyTunnelError, _) =>
                new(NetworkCodes.ProxyFailed, $"The proxy made no tunnel to {host}. Check HTTPS_PROXY, its user and password, and NO_PROXY.", Again: false),
            (HttpRequestError.NameResolutionError, _) or (_, SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData) =>
                new(NetworkCodes.NameNotResolved, $"The name {host} does not resolve. Check the region, the network and its DNS.", Again: true),
            (_, SocketError.ConnectionRefused) =>
                new(NetworkCodes.ConnectionRefused, $"{host} refused the connection: nothing listens there.", Again: true),
            (_, SocketError.TimedOut) =>
                new(NetworkCodes.TimedOut, $"{host} did not take the connection in time.", Again: true),
            (_, SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown) or (HttpRequestError.ResponseEnded, _) =>
                new(NetworkCodes.ConnectionReset, $"{host} closed the connection before its answer was complete.", Again: true),
            (HttpRequestError.SecureConnectionError, _) when Find<AuthenticationException>(fault) is not null =>
                new(NetworkCodes.TlsFailed, $"No trusted TLS connection to {host}: its certificate or its TLS version was not accepted.", Again: false),
            (HttpRequestError.SecureConnectionError, _) =>
                new(NetworkCodes.TlsFailed, $"The TLS handshake with {host} failed.", Again: true),
            _ => new(NetworkCodes.ConnectionFailed, $"The connection to {host} failed.", Again: true),
        };
    }

    private static T? Find<T>(Exception? fault)
        where T : Exception
    {
        for (; fault is not null; fault = fault.InnerException)
        {
            if (fault is T found)
            {
                return found;
            }
        }

        return null;
    }
}
