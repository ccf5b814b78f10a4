using System.Diagnostics.Metrics;
using Duplex.EventLoop.Hosting;
using Duplex.Execution;
using Duplex.Protocol.Framing;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Duplex.EventLoop.Tests.Failures;

/// <summary>
/// Each call from a loop into an application throws, in turn: it costs the connection it was made for, and a neighbour
/// on the same loop goes on. Runs alone: a listener of meters hears the whole process.
/// </summary>
[Collection(nameof(MeasuredAlone))]
public sealed class CallbackFailureTests
{
    public static TheoryData<EventLoopBackEnd, string> Endpoints
    {
        get
        {
            var data = new TheoryData<EventLoopBackEnd, string>();
            foreach (var backEnd in (EventLoopBackEnd[])[EventLoopBackEnd.IoUring, EventLoopBackEnd.Epoll])
            {
                foreach (var call in (string[])["find", "options", "origins", "accept", "optionsOf", "connectionOptions"]) data.Add(backEnd, call);
            }

            return data;
        }
    }

    public static TheoryData<EventLoopBackEnd, string> Handlers
    {
        get
        {
            var data = new TheoryData<EventLoopBackEnd, string>();
            foreach (var backEnd in (EventLoopBackEnd[])[EventLoopBackEnd.IoUring, EventLoopBackEnd.Epoll])
            {
                foreach (var call in (string[])["open", "message", "part", "writable", "closed", "stopping", "timer", "work"]) data.Add(backEnd, call);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Endpoints))]
    public async Task Request_whose_endpoint_throws_is_answered_500(EventLoopBackEnd kind, string call)
    {
        await using var server = await StartAsync(kind, services => services.AddSingleton<IUpgradeRouter>(provider => new ThrowingRouter(call)));
        using var neighbour = await RawClient.UpgradeAsync(server.Address, "/echo");
        for (var i = 0; i < 3; i++)
        {
            using var client = await RawClient.ConnectAsync(server.Address);
            await client.SendAsync(RawClient.UpgradeRequest("/throws", "Origin: http://test\r\n"));
            Assert.StartsWith("HTTP/1.1 500 ", await client.ReadHeadAsync(), StringComparison.Ordinal);
            await client.ReadToEndAsync();
        }

        await AssertNothingIsLeftButAsync(neighbour, server);
    }

    [Theory, MemberData(nameof(Handlers))]
    public async Task Connection_whose_handler_throws_ends_alone(EventLoopBackEnd kind, string call)
    {
        var handler = new ThrowingHandler(call);
        await using var server = await StartAsync(kind);
        server.With("/echo", new TestHandler()).With("/throws", handler, new WebSocketConnectionOptions { SendHighWaterBytes = 1 });
        using var neighbour = await RawClient.UpgradeAsync(server.Address, "/echo");
        using (var client = await RawClient.UpgradeAsync(server.Address, "/throws"))
        {
            await client.SendFrameAsync(Opcode.Text, "x"u8);
            if (call is "closed" or "timer" or "work") await client.SendFrameAsync(Opcode.Close, [0x03, 0xE8]);
            if (call == "stopping") (await handler.Opened.Task).Shard.Post(static connection => ((ProtocolConnection)connection).OnStopping(), await handler.Opened.Task);
            await client.ReadToEndAsync();
        }

        await handler.Closed.Task.WaitAsync(Limit.Token);
        await AssertNothingIsLeftButAsync(neighbour, server);
        Assert.Contains(server.Logs.Texts, text => text.Contains("threw", StringComparison.Ordinal) || text.Contains("failed", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task Connections_open_and_end_under_a_meter_listener_that_throws(EventLoopBackEnd kind)
    {
        await using var server = await StartAsync(kind);
        server.With("/echo", new TestHandler());
        using var neighbour = await RawClient.UpgradeAsync(server.Address, "/echo");
        using (var listener = new MeterListener())
        {
            listener.InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Meter.Name == "Duplex.WebSockets") own.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<long>(static (_, _, _, _) => throw new InvalidOperationException("thrown by a listener"));
            listener.Start();
            using var client = await RawClient.UpgradeAsync(server.Address, "/echo");
            await client.SendFrameAsync(Opcode.Close, [0x03, 0xE8]);
            Assert.Equal(Opcode.Close, (await client.ReadFrameAsync()).Opcode);
            await client.ReadToEndAsync();
            await AssertNothingIsLeftButAsync(neighbour, server);
        }
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task Logger_that_throws_is_not_heard(EventLoopBackEnd kind)
    {
        var logger = new ThrowingLogger();
        await using var server = await StartAsync(kind, services => services.AddSingleton<ILoggerProvider>(logger));
        server.With("/echo", new TestHandler()).With("/throws", new ThrowingHandler("message")).With("/refuses", static _ => null);
        using var neighbour = await RawClient.UpgradeAsync(server.Address, "/echo");
        logger.Throws = true;
        using (var client = await RawClient.UpgradeAsync(server.Address, "/throws"))
        {
            await client.SendFrameAsync(Opcode.Text, "x"u8);
            Assert.Equal([0x03, 0xF3], (await client.ReadFrameAsync()).Payload);
        }

        using (var client = await RawClient.ConnectAsync(server.Address))
        {
            await client.SendAsync(RawClient.UpgradeRequest("/refuses"));
            Assert.StartsWith("HTTP/1.1 403 ", await client.ReadHeadAsync(), StringComparison.Ordinal);
        }

        await AssertNothingIsLeftButAsync(neighbour, server);
        logger.Throws = false;
    }

    private static Task<LoopServer> StartAsync(EventLoopBackEnd kind, Action<IServiceCollection>? services = null) =>
        LoopServer.StartAsync(kind, builder => services?.Invoke(builder.Services), options: options => options.Loops = 1);

    private static async Task AssertNothingIsLeftButAsync(RawClient neighbour, LoopServer server)
    {
        await neighbour.SendFrameAsync(Opcode.Text, "neighbour"u8);
        Assert.Equal("neighbour"u8.ToArray(), (await neighbour.ReadFrameAsync()).Payload);
        await server.Until(static loop => loop.Load, 1);
        // The listening socket and the neighbour's, whose ping is the one timer.
        await server.Until(static loop => loop.BackEnd.SocketCount, 2);
        await server.Until(static loop => loop.TimerCount, 1);
        await server.Until(static loop => loop.Segments.InUse, 0);
        await server.Until(static loop => loop.BackEnd.MissingReceiveBuffers, 0);
    }

    private sealed class ThrowingRouter(string call) : IUpgradeRouter
    {
        private readonly EchoEndpoint _echo = new();
        private readonly ThrowingEndpoint _throwing = new(call);

        public WebSocketEndpoint? Find(ReadOnlySpan<byte> path, ReadOnlySpan<byte> host)
        {
            if (path.SequenceEqual("/echo"u8)) return _echo;
            return call == "find" ? throw new InvalidOperationException("thrown by a router") : _throwing;
        }
    }

    private sealed class EchoEndpoint : WebSocketEndpoint
    {
        public override WebSocketConnectionOptions Options => WebSocketConnectionOptions.Default;

        public override IWebSocketHandler Accept(in UpgradeContext context) => new TestHandler();
    }

    private sealed class ThrowingEndpoint(string call) : WebSocketEndpoint
    {
        public override WebSocketConnectionOptions Options => call switch
        {
            "options" => throw new InvalidOperationException("thrown by options"),
            "origins" => new WebSocketConnectionOptions { AllowedOrigins = ["no origin"] },
            _ => WebSocketConnectionOptions.Default,
        };

        public override IWebSocketHandler Accept(in UpgradeContext context) =>
            call == "accept" ? throw new InvalidOperationException("thrown by an endpoint") : new TestHandler();

        public override WebSocketConnectionOptions OptionsOf(in UpgradeContext context) => call switch
        {
            "optionsOf" => throw new InvalidOperationException("thrown by options"),
            "connectionOptions" => null!,
            _ => Options,
        };
    }

    private sealed class ThrowingHandler(string call) : IWebSocketHandler
    {
        public TaskCompletionSource<WebSocketConnection> Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Closed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void OnOpen(WebSocketConnection connection)
        {
            if (call == "part") connection.ReceiveInParts();
            Opened.TrySetResult(connection);
            if (call == "timer") connection.Shard.Schedule(new ThrowingTimer(), TimeSpan.Zero);
            if (call == "work") connection.Shard.Post(static () => throw new InvalidOperationException("thrown by work"));
            ThrowIf("open");
        }

        public void OnMessage(WebSocketConnection connection, in WebSocketMessage message)
        {
            if (call == "writable") connection.Send("more than one byte"u8, MessageType.Text);
            ThrowIf("message");
        }

        public void OnMessagePart(WebSocketConnection connection, in WebSocketMessagePart part) => ThrowIf("part");

        public void OnWritable(WebSocketConnection connection) => ThrowIf("writable");

        public void OnStopping(WebSocketConnection connection) => ThrowIf("stopping");

        public void OnClosed(WebSocketConnection connection, in ConnectionEnd end)
        {
            Closed.TrySetResult();
            ThrowIf("closed");
        }

        private void ThrowIf(string place)
        {
            if (call == place) throw new InvalidOperationException($"thrown by {place}");
        }
    }

    private sealed class ThrowingTimer : ShardTimer
    {
        protected override void OnDue() => throw new InvalidOperationException("thrown by a timer");

        protected override void OnFailed() => throw new InvalidOperationException("thrown by a timer that failed");
    }

    private sealed class ThrowingLogger : ILoggerProvider, ILogger
    {
        public bool Throws { get; set; }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (Throws) throw new InvalidOperationException("thrown by a logger");
        }

        public void Dispose() { }
    }
}
