using System.Net;
using Duplex.Protocol.Closing;
using Duplex.Protocol.Extensions;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Duplex.Conformance.Tests.Hosts;

/// <summary>
/// A server under test: <c>/echo</c> takes messages of 16 MiB and every parameter of permessage-deflate,
/// <c>/parts</c> does the same in parts, <c>/await</c> and <c>/streams</c> with awaits, <c>/defaults</c> has the limits that users get, <c>/close</c> closes with the code and reason it is told,
/// <c>/subprotocols</c> speaks chat and superchat, <c>/origins</c> is open to https://example.org.
/// </summary>
public sealed class EchoHost(WebApplication application) : IAsyncDisposable
{
    private static readonly DeflateOptions Deflate = new() { ServerContextTakeover = true, ClientContextTakeover = true, MinMessageBytes = 0 };

    private static readonly WebSocketConnectionOptions Generous = new()
    {
        MaxMessageBytes = 16 << 20,
        MaxQueuedBytes = 256 << 20,
        Compression = Deflate,

        // A case lists every frame that the server sends, however long a busy machine takes for it.
        PingInterval = null,
        PongTimeout = null,
    };

    private readonly Uri[] _addresses = [.. application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address))];

    /// <summary>Where it listens without TLS.</summary>
    public IPEndPoint EndPoint => new(IPAddress.Loopback, _addresses.Single(address => address.Scheme == "http").Port);

    /// <summary>Where it listens with TLS, HTTP/1.1 and HTTP/2, and a certificate that nobody trusts.</summary>
    public IPEndPoint SecureEndPoint => new(IPAddress.Loopback, _addresses.Single(address => address.Scheme == "https").Port);

    /// <summary>Whether a WebSocket with this query was asked for over HTTP/2 (RFC 8441).</summary>
    public bool HasSeenHttp2(string query) => application.Services.GetRequiredService<Http2Witness>().HasSeen(query);

    public static async Task<EchoHost> StartAsync(string transport)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(SelfSigned.Certificate);
            });
        });
        Transports.Use(transport, builder);

        builder.Services.AddSingleton<Http2Witness>();
        var application = builder.Build();
        application.Use(application.Services.GetRequiredService<Http2Witness>().InvokeAsync);
        application.MapWebSocket("/echo", Echo, Generous);
        application.MapWebSocket<PartsHandler>("/parts", Generous);
        application.MapWebSocket("/await", EchoAsync, Generous);
        application.MapWebSocket("/streams", EchoStreamsAsync, Generous);
        application.MapWebSocket("/defaults", Echo, new WebSocketConnectionOptions { Compression = Deflate });
        application.MapWebSocket("/close", CloseAsTold);
        application.MapWebSocket("/subprotocols", Echo, new WebSocketConnectionOptions { Subprotocols = ["chat", "superchat"] });
        application.MapWebSocket("/origins", Echo, new WebSocketConnectionOptions { AllowedOrigins = ["https://example.org"] });
        application.MapGet("/page", () => Microsoft.AspNetCore.Http.Results.Content("<!doctype html><title>Page</title>", "text/html"));
        await application.StartAsync();
        return new EchoHost(application);
    }

    public async ValueTask DisposeAsync()
    {
        await application.StopAsync();
        await application.DisposeAsync();
    }

    private static void Echo(WebSocketConnection connection, WebSocketMessage message) => connection.Send(message.Payload, message.Type);

    private static async Task EchoAsync(AsyncConnection connection)
    {
        await foreach (var message in connection.ReadAllAsync()) await connection.SendAsync(message);
    }

    private static async Task EchoStreamsAsync(AsyncConnection connection)
    {
        await foreach (var stream in connection.StreamAllAsync())
        {
            var message = await stream.ReadToEndAsync();
            await using var echo = connection.BeginMessage(message.Type);
            await echo.WriteAsync(message.Payload[..(message.Payload.Length / 2)]);
            await echo.WriteAsync(message.Payload[(message.Payload.Length / 2)..]);
            await echo.CompleteAsync();
        }
    }

    // The message is a code and a reason: "4000 enough".
    private static void CloseAsTold(WebSocketConnection connection, WebSocketMessage message)
    {
        var text = System.Text.Encoding.UTF8.GetString(message.Payload).Split(' ', 2);
        connection.Close((CloseCode)ushort.Parse(text[0], System.Globalization.CultureInfo.InvariantCulture), text[1]);
    }
}
