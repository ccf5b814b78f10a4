using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Duplex.WebSockets.Tests.Interop;

/// <summary>Kestrel with its own WebSockets, on a free port of the loopback.</summary>
internal sealed class KestrelEchoServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private KestrelEchoServer(WebApplication app)
    {
        _app = app;
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Uri = new Uri(address.Replace("http", "ws", StringComparison.Ordinal));
    }

    public Uri Uri { get; }

    public static async Task<KestrelEchoServer> StartAsync(
        WebSocketAcceptContext? accept = null, Func<WebSocket, Task>? serve = null, Action<Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions>? listen = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options => options.Listen(System.Net.IPAddress.Loopback, 0, o => listen?.Invoke(o)));
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.UseWebSockets();
        app.Run(async context =>
        {
            if (context.Request.Path == "/moved") context.Response.Redirect("ws://elsewhere.example/");
            else if (!context.WebSockets.IsWebSocketRequest) context.Response.StatusCode = 400;
            else if (context.Request.Path == "/forbidden") context.Response.StatusCode = 403;
            else
            {
                var own = new WebSocketAcceptContext
                {
                    SubProtocol = context.WebSockets.WebSocketRequestedProtocols.LastOrDefault(),
                    DangerousEnableCompression = accept?.DangerousEnableCompression ?? false,
                    DisableServerContextTakeover = accept?.DisableServerContextTakeover ?? false,
                    ServerMaxWindowBits = accept?.ServerMaxWindowBits ?? 15,
                };
                using var socket = await context.WebSockets.AcceptWebSocketAsync(own);
                await (serve ?? EchoAsync)(socket);
            }
        });
        await app.StartAsync();
        return new KestrelEchoServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    public static async Task EchoAsync(WebSocket socket)
    {
        var buffer = new byte[4096];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(socket.CloseStatus ?? WebSocketCloseStatus.Empty, socket.CloseStatusDescription, CancellationToken.None);
                return;
            }

            await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, CancellationToken.None);
        }
    }
}
