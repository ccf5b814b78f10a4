using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Duplex.Server.CommandLine;
using Duplex.Server.Configuration;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Duplex.Server.Hosting;

/// <summary>What the server listens on, and what serves there.</summary>
internal static class Listeners
{
    private const string AddressPath = "http_server.address";
    private const string InternalAddressPath = "http_server.internal_address";

    /// <summary>Adds the listeners of the settings; a port of 0 becomes a free one.</summary>
    /// <exception cref="UsageException">An address or the certificate is wrong.</exception>
    public static void AddTo(IWebHostBuilder host, ServerSettings settings)
    {
        if (settings.Port == 0) settings.Port = FreePort();
        var certificate = settings.Tls.IsEnabled ? settings.Tls.Load() : null;
        host.UseKestrelHttpsConfiguration();
        host.ConfigureKestrel(kestrel =>
        {
            Listen(kestrel, settings.Address, settings.Port, AddressPath, certificate);
            if (settings.InternalPort is not { } port || port == settings.Port) return;
            if (settings.InternalAddress is { } address) Listen(kestrel, address, port, InternalAddressPath, certificate: null);
            else Listen(kestrel, settings.Address, port, AddressPath, certificate: null);
        });
        host.UseDuplexEventLoops(loops =>
        {
            loops.BackEnd = settings.EventLoops;
            // A loop would take an unencrypted upgrade there.
            if (certificate is not null) loops.Takes = endpoint => endpoint.Port != settings.Port;
        });
    }

    // Loopback unless told otherwise: what is open to the world is opened on purpose.
    private static void Listen(KestrelServerOptions kestrel, string text, int port, string path, X509Certificate2? certificate)
    {
        if (text is "" or "localhost") kestrel.ListenLocalhost(port, Configure);
        else if (text == "*") kestrel.ListenAnyIP(port, Configure);
        else if (IPAddress.TryParse(text, out var address)) kestrel.Listen(address, port, Configure);
        else throw new UsageException($"{path}: an IP address, localhost or * is expected, not \"{text}\".");

        void Configure(ListenOptions listen)
        {
            if (certificate is not null) listen.UseHttps(certificate);
        }
    }

    // Two addresses cannot be asked for the same free port at once, so one of them is asked first.
    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
