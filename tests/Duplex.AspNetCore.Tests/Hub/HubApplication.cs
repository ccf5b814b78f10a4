using System.Net;
using System.Text;
using Duplex.AspNetCore.Tests.WebSockets;
using Duplex.Messaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Tests.Hub;

/// <summary>An application with a hub on a real Kestrel, and a caller of its HTTP endpoints.</summary>
internal sealed class HubApplication : IAsyncDisposable
{
    public const string Key = "secret";

    private readonly EchoApplication _application;

    private HubApplication(EchoApplication application)
    {
        _application = application;
        Http = new HttpClient { BaseAddress = application.Address };
    }

    public HttpClient Http { get; }

    public IPEndPoint EndPoint => _application.EndPoint;

    public IServiceProvider Services => _application.Application.Services;

    public IHub Hub => Services.GetRequiredService<IHub>();

    public Uri WebSocket => _application.WebSocketAddress("/connection/websocket");

    public static CancellationToken Limit => EchoApplication.Limit;

    public static async Task<HubApplication> StartAsync(
        Action<DuplexEndpointConventionBuilder>? hub = null,
        Action<IServiceCollection>? services = null,
        Action<IWebHostBuilder>? host = null,
        Action<WebApplication>? map = null) => new(
        await EchoApplication.StartAsync(
            endpoints =>
            {
                var app = (WebApplication)endpoints;
                var mapped = app.MapDuplex();
                hub?.Invoke(mapped);
                app.MapDuplexApi(static options => options.Key = Key);
                map?.Invoke(app);
            },
            collection =>
            {
                collection.AddDuplex(static options => options.AllowAnonymous = true).AddNamespace("news", static ns =>
                {
                    ns.HistorySize = 10;
                    ns.HistoryTtl = TimeSpan.FromMinutes(5);
                    ns.Presence = true;
                    ns.AllowSubscribe = ns.AllowSubscribeForAnonymous = true;
                    ns.AllowPublish = ns.AllowPublishForAnonymous = true;
                });
                services?.Invoke(collection);
            },
            host));

    /// <summary>Calls the server API with the key and returns the answer's text.</summary>
    public async Task<string> CallAsync(string method, string arguments)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/{method}") { Content = Json(arguments) };
        request.Headers.Add("X-API-Key", Key);
        using var response = await Http.SendAsync(request, Limit);
        return await response.Content.ReadAsStringAsync(Limit);
    }

    public Task<HttpResponseMessage> PostAsync(string path, string body) => Http.PostAsync(path, Json(body), Limit);

    public async Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request) =>
        await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Limit);

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    public Task StopAsync(CancellationToken limit) => _application.Application.StopAsync(limit);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _application.DisposeAsync();
    }
}
