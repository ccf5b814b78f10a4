using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Duplex.Server.CommandLine;
using Duplex.Server.Configuration;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Duplex.Server.Hosting;

/// <summary>The listeners of the server, their TLS settings and their event loops.</summary>
internal static class Listeners
{
    private const string AddressPath = "http_server.address";
    private const string InternalAddressPath = "http_server.internal_address";

    /// <summary>Adds the listeners of the settings to a host; port 0 is replaced by a free port.</summary>
    /// <param name="host">The web host.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="certificate">The certificate of <c>http_server.port</c>; null: the port is not encrypted.</param>
    /// <exception cref="UsageException">An address is invalid.</exception>
    public static void AddTo(IWebHostBuilder host, ServerSettings settings, CertificateSource? certificate)
    {
        if (settings.Port == 0) settings.Port = FreePort();
        host.UseKestrelHttpsConfiguration();
        host.ConfigureKestrel(kestrel =>
        {
            foreach (var (address, port, path, _) in Of(settings)) Listen(kestrel, address, port, path, port == settings.Port ? certificate : null);
        });
        host.UseDuplexEventLoops(loops =>
        {
            loops.BackEnd = settings.EventLoops;
            // On a TLS port a loop would accept an unencrypted upgrade.
            if (certificate is not null) loops.Takes = endpoint => endpoint.Port != settings.Port;
        });
    }

    /// <summary>Returns the reason why the server cannot listen, in a sentence that names the option; null when none is found.</summary>
    public static string? FaultOf(ServerSettings settings)
    {
        foreach (var (text, port, path, portPath) in Of(settings))
        {
            var faults = AddressesOf(text).Select(address => (Address: address, Error: ErrorOf(address, port))).ToList();

            // A system may lack one of the two addresses of "localhost" and "*".
            var isFatal = faults.All(static fault => fault.Error is not null) || faults.Exists(static fault => fault.Error is SocketError.AddressAlreadyInUse or SocketError.AccessDenied);
            if (isFatal && faults.Find(static fault => fault.Error is not null) is { Error: { } error } first) return Sentence(path, portPath, first.Address, port, error);
        }

        return null;
    }

    private static IEnumerable<(string Address, int Port, string Path, string PortPath)> Of(ServerSettings settings)
    {
        yield return (settings.Address, settings.Port, AddressPath, "http_server.port");
        if (settings.InternalPort is not { } port || port == settings.Port) yield break;
        const string PortPath = "http_server.internal_port";
        yield return settings.InternalAddress is { } address ? (address, port, InternalAddressPath, PortPath) : (settings.Address, port, AddressPath, PortPath);
    }

    // The default is loopback, so that a server is reachable from other machines only if the configuration requests it.
    private static void Listen(KestrelServerOptions kestrel, string text, int port, string path, CertificateSource? certificate)
    {
        if (text is "" or "localhost") kestrel.ListenLocalhost(port, Configure);
        else if (text == "*") kestrel.ListenAnyIP(port, Configure);
        else if (IPAddress.TryParse(text, out var address)) kestrel.Listen(address, port, Configure);
        else throw new UsageException($"{path}: an IP address, localhost or * is expected, not \"{text}\".");

        void Configure(ListenOptions listen)
        {
            if (certificate is null) return;
            List<SslApplicationProtocol> protocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11];
            listen.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = certificate.Current,
                    ApplicationProtocols = protocols,
                }),
            });
        }
    }

    private static IPAddress[] AddressesOf(string text) => text switch
    {
        "" or "localhost" => [IPAddress.Loopback, IPAddress.IPv6Loopback],
        "*" => [IPAddress.IPv6Any, IPAddress.Any],
        _ => [IPAddress.Parse(text)],
    };

    private static SocketError? ErrorOf(IPAddress address, int port)
    {
        try
        {
            using var probe = new TcpListener(address, port);
            probe.Start();
            return null;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode;
        }
    }

    private static string Sentence(string addressPath, string portPath, IPAddress address, int port, SocketError error) => error switch
    {
        SocketError.AddressAlreadyInUse => $"{portPath}: {new IPEndPoint(address, port)} is in use by another process.",
        SocketError.AccessDenied => $"{portPath}: {port} is a privileged port, which this user may not listen on; take one above 1023, or grant CAP_NET_BIND_SERVICE.",
        SocketError.AddressNotAvailable => $"{addressPath}: {address} is not an address of this machine.",
        _ => $"{addressPath}: {new IPEndPoint(address, port)} cannot be bound: {new SocketException((int)error).Message}.",
    };

    // Port 0 would bind two addresses to different ports, so a free port is determined on one of them first.
    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
