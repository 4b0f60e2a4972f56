using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CentralOps.Cli.Up;

internal static class Ports
{
    public static Option<int> Option() => new("--port", "-p")
    {
        Description = "Port of the gateway; the sandbox and the control plane take the next ones where they are free (0: any).",
        HelpName = "N",
        DefaultValueFactory = _ => UpOptions.DefaultPort,
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= IPEndPoint.MaxPort)
            {
                return number;
            }

            result.AddError($"--port: '{text}' is not a port; give 1 to 65535, or 0 for any free one.");
            return 0;
        },
    };

    /// <summary>A port that far behind another; 0, any, where that one is any or the other is not free.</summary>
    public static int Beside(int port, int by, IPAddress? address = null) => port > 0 && port + by <= IPEndPoint.MaxPort && Problem(port + by, address) is null ? port + by : 0;

    /// <summary>Why nothing can listen on that port; null when something can.</summary>
    /// <param name="address">Null for loopback.</param>
    public static string? Problem(int port, IPAddress? address = null)
    {
        address ??= IPAddress.Loopback;
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen();
            return null;
        }
        catch (SocketException denied) when (denied.SocketErrorCode == SocketError.AccessDenied)
        {
            return "may be used by root only";
        }
        catch (SocketException foreign) when (foreign.SocketErrorCode == SocketError.AddressNotAvailable)
        {
            return "is on an address that this machine does not have";
        }
        catch (SocketException)
        {
            return "is taken by another process";
        }
    }
}
