using System.Net.Sockets;
using System.Text;
using Duplex.AspNetCore.Hosting;
using Duplex.AspNetCore.Streams;
using Duplex.Configuration;
using Duplex.Messaging;
using Duplex.Messaging.Application;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.AspNetCore.Tests.Hub;

/// <summary>HTTP streams whose peers do not read, and requests whose bodies do not come: every wait ends by a clock of ours.</summary>
public sealed class StreamDeadlineTests : IDisposable
{
    private const string Connect = """{"id":1,"connect":{}}""";
    private const string ConnectAndSubscribe = Connect + "\n" + """{"id":2,"subscribe":{"channel":"news:a"}}""";

    private readonly FakeTimeProvider _time = new();
    private readonly DuplexLog _kestrel = new("Microsoft.AspNetCore.Server.Kestrel");
    private readonly TaskCompletionSource _connected = Source();
    private readonly TaskCompletionSource _left = Source();
    private readonly TaskCompletionSource _requestStarted = Source();
    private readonly TaskCompletionSource _requestEnded = Source();
    private readonly TaskCompletionSource _connectionClosed = Source();

    public void Dispose() => _kestrel.Dispose();

    [Theory]
    [InlineData("/connection/http_stream")]
    [InlineData("/connection/sse")]
    [InlineData("/connection/uni_http_stream")]
    [InlineData("/connection/uni_sse")]
    public async Task Peer_that_does_not_read_is_dropped_when_the_close_time_out_is_over(string path)
    {
        await using var app = await StartAsync();
        using var peer = await PostAsync(app, path, path.Contains("uni", StringComparison.Ordinal) ? """{"subs":{"news:a":{}}}""" : ConnectAndSubscribe);
        await _connected.Task.WaitAsync(HubApplication.Limit);

        await FillAsync(app);
        await app.Hub.Clients.DisconnectAsync(ClientSelector.Anonymous, cancellationToken: HubApplication.Limit);
        await _left.Task.WaitAsync(HubApplication.Limit);
        Assert.False(_requestEnded.Task.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(5.1));

        await _requestEnded.Task.WaitAsync(HubApplication.Limit);
        await _connectionClosed.Task.WaitAsync(HubApplication.Limit);
    }

    [Fact]
    public async Task Peer_that_takes_nothing_of_a_write_is_dropped_when_the_write_time_out_is_over()
    {
        await using var app = await StartAsync(
            static options => options.WriteTimeout = TimeSpan.FromSeconds(3),
            static options => options.PingInterval = null);
        using var peer = await PostAsync(app, "/connection/uni_http_stream", """{"subs":{"news:a":{}}}""");
        await _connected.Task.WaitAsync(HubApplication.Limit);

        await FillAsync(app);
        while (!_requestEnded.Task.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await _connectionClosed.Task.WaitAsync(HubApplication.Limit);
    }

    [Fact]
    public void Bytes_that_the_server_still_holds_behind_an_ended_response_do_not_keep_the_connection()
    {
        var lifetime = new Lifetime();
        var context = new DefaultHttpContext();
        context.Request.Protocol = HttpProtocol.Http11;
        context.Features.Set<IConnectionLifetimeFeature>(lifetime);
        var connection = new ResponseConnection(context);
        connection.AnnounceEnd();
        Assert.Equal("close", context.Response.Headers.Connection);

        connection.EndRequest();
        connection.Abort();

        Assert.True(lifetime.IsAborted);
    }

    [Fact]
    public async Task Server_that_stops_does_not_wait_for_a_peer_that_does_not_read()
    {
        await using var app = await StartAsync();
        using var peer = await PostAsync(app, "/connection/http_stream", ConnectAndSubscribe);
        await _connected.Task.WaitAsync(HubApplication.Limit);
        await FillAsync(app);

        var stopping = app.StopAsync(CancellationToken.None);
        await _left.Task.WaitAsync(HubApplication.Limit);
        _time.Advance(TimeSpan.FromSeconds(5.1));

        await stopping.WaitAsync(HubApplication.Limit);
    }

    [Theory]
    [InlineData("/connection/http_stream", "")]
    [InlineData("/connection/sse", "")]
    [InlineData("/connection/uni_sse", "")]
    [InlineData("/emulation", "")]
    [InlineData("/api/publish", "X-API-Key: secret\r\n")]
    public async Task Body_that_does_not_come_in_time_is_answered_with_408(string path, string fields)
    {
        await using var app = await StartAsync();
        using var peer = await OpenAsync(app, $"POST {path} HTTP/1.1\r\nHost: localhost\r\n{fields}Content-Length: 100\r\n\r\n{{");
        await _requestStarted.Task.WaitAsync(HubApplication.Limit);

        var answer = ReadLineAsync(peer);
        while (!answer.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        Assert.Equal("HTTP/1.1 408 Request Timeout", await answer);
        await ShouldEndWithoutWarningAsync(peer);
    }

    [Fact]
    public async Task Server_that_stops_does_not_wait_for_a_body()
    {
        await using var app = await StartAsync();
        using var peer = await OpenAsync(app, "POST /emulation HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{");
        await _requestStarted.Task.WaitAsync(HubApplication.Limit);

        var stopped = app.StopAsync(CancellationToken.None);

        Assert.Equal("HTTP/1.1 503 Service Unavailable", await ReadLineAsync(peer));

        // Kestrel would read what else the peer sends, for some seconds, so that the answer is not lost.
        await ShouldEndWithoutWarningAsync(peer);
        await stopped.WaitAsync(HubApplication.Limit);
    }

    [Fact]
    public void Times_outside_their_range_are_refused_at_start()
    {
        foreach (var set in (Action<TransportOptions>[])
            [o => o.CloseTimeout = TimeSpan.Zero, o => o.MessageTimeout = TimeSpan.FromDays(31), o => o.WriteTimeout = Timeout.InfiniteTimeSpan])
        {
            var options = new TransportOptions();
            set(options);
            var faults = new OptionFaults("Duplex:Transports");
            options.Check(faults);
            Assert.Single(faults.Messages);
        }
    }

    private static readonly byte[] Large = Encoding.UTF8.GetBytes($"\"{new string('x', 50_000)}\"");

    private static TaskCompletionSource Source() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task<HubApplication> StartAsync(Action<TransportOptions>? transports = null, Action<HubOptions>? hub = null) => HubApplication.StartAsync(
        map: app =>
        {
            var model = app.Services.GetRequiredService<ApplicationModel>();
            model.Connect = _ =>
            {
                _connected.TrySetResult();
                return new(true);
            };
            model.Disconnect = _ =>
            {
                _left.TrySetResult();
                return default;
            };
            app.Use(async (context, next) =>
            {
                context.Features.Get<IConnectionLifetimeFeature>()!.ConnectionClosed.Register(() => _connectionClosed.TrySetResult());
                _requestStarted.TrySetResult();
                try
                {
                    await next(context);
                }
                finally
                {
                    _requestEnded.TrySetResult();
                }
            });
        },
        services: services =>
        {
            services.AddSingleton<TimeProvider>(_time).AddSingleton<ILoggerProvider>(_kestrel);
            services.AddDuplex(options =>
            {
                options.MaxQueuedBytes = 64 * 1024 * 1024;
                hub?.Invoke(options);
            }).ConfigureTransports(options => transports?.Invoke(options));
        });

    /// <summary>Asserts that a peer cannot cause warnings of Kestrel, which hold a stack trace.</summary>
    private async Task ShouldEndWithoutWarningAsync(Socket peer)
    {
        peer.Dispose();
        await _connectionClosed.Task.WaitAsync(HubApplication.Limit);
        Assert.DoesNotContain(_kestrel.Entries, static entry => entry.Level >= LogLevel.Warning);
    }

    private static Task<Socket> PostAsync(HubApplication app, string path, string body) =>
        OpenAsync(app, $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    private static async Task<Socket> OpenAsync(HubApplication app, string request)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(app.Http.BaseAddress!.Host, app.Http.BaseAddress.Port, HubApplication.Limit);
        await socket.SendAsync(Encoding.ASCII.GetBytes(request), HubApplication.Limit);
        return socket;
    }

    // More than the sockets' buffers hold, all of which a client that is ended in peace is still to be given.
    private static async Task FillAsync(HubApplication app)
    {
        while (app.Hub.Channels.List().Count == 0) await Task.Yield();
        for (var i = 0; i < 300; i++) await app.Hub.PublishAsync("news:a", Large, cancellationToken: HubApplication.Limit);
    }

    private static async Task<string?> ReadLineAsync(Socket socket)
    {
        using var lines = new StreamReader(new NetworkStream(socket, ownsSocket: false));
        return await lines.ReadLineAsync(HubApplication.Limit);
    }

    private sealed class Lifetime : IConnectionLifetimeFeature
    {
        public bool IsAborted { get; private set; }

        public CancellationToken ConnectionClosed { get; set; }

        public void Abort() => IsAborted = true;
    }
}
