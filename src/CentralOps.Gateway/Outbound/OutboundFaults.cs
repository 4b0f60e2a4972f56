using System.Net.Sockets;
using System.Security.Authentication;

namespace CentralOps.Gateway.Outbound;

/// <summary>What a transport threw, in words for people: no type names, no addresses, nothing of what a peer sent.</summary>
internal static class OutboundFaults
{
    public static string Words(Exception fault)
    {
        if (OutboundRefusedException.In(fault) is { } refusal)
        {
            return refusal.Message;
        }

        var error = (fault as HttpRequestException)?.HttpRequestError ?? (fault as HttpIOException)?.HttpRequestError;
        return (error, Find<SocketException>(fault)?.SocketErrorCode) switch
        {
            (HttpRequestError.ConfigurationLimitExceeded, _) => "the headers of its answer are larger than what is read",
            (HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.VersionNegotiationError, _) => "it answered with something that is not HTTP",
            (HttpRequestError.ProxyTunnelError, _) => "the proxy made no tunnel to it",
            (HttpRequestError.NameResolutionError, _) or (_, SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData) => "its name does not resolve",
            (_, SocketError.ConnectionRefused) => "it refused the connection: nothing listens there",
            (_, SocketError.TimedOut) => "it did not take the connection in time",
            (_, SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown) or (HttpRequestError.ResponseEnded, _) => "it closed the connection before its answer was complete",
            (HttpRequestError.SecureConnectionError, _) when Find<AuthenticationException>(fault) is not null => "its certificate or TLS version was not accepted",
            (HttpRequestError.SecureConnectionError, _) => "the TLS handshake failed",
            _ => "the connection failed",
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
