using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Duplex.AspNetCore.Tests.WebSockets;

/// <summary>An application on a real Kestrel, on a free port.</summary>
internal sealed class EchoApplication : IAsyncDisposable
{
    private EchoApplication(WebApplication application) => Application = application;

    public WebApplication Application { get; }

    public Uri Address => new(Application.Urls.First());

    public static CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    public static async Task<EchoApplication> StartAsync(Action<IEndpointRouteBuilder> map, Action<IServiceCollection>? services = null, Action<IWebHostBuilder>? host = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        services?.Invoke(builder.Services);
        host?.Invoke(builder.WebHost);
        var application = builder.Build();
        map(application);
        await application.StartAsync(Limit);
        return new EchoApplication(application);
    }

    public Uri WebSocketAddress(string path) => new UriBuilder(Address) { Scheme = "ws", Path = path }.Uri;

    public IPEndPoint EndPoint => IPEndPoint.Parse(Address.Authority);

    public async Task<NetworkStream> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(Address.Host, Address.Port, Limit);
        return new NetworkStream(socket, ownsSocket: true);
    }

    public async ValueTask DisposeAsync()
    {
        await Application.StopAsync(Limit);
        await Application.DisposeAsync();
    }
}
