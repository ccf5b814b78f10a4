using Duplex.Configuration;
using Duplex.Messaging;
using Duplex.Protocol.Framing;
using Duplex.Testing;
using Duplex.WebSockets.Client;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.Packages.Tests.Docs;

/// <summary>The examples of the packages' READMEs, word for word, so that they compile. A test compares the two texts.</summary>
public sealed class PackageReadmes
{
    [Fact]
    public void Protocol_writes_the_frame_of_its_readme()
    {
        var frame = new byte[FrameWriter.HeaderLength(5) + 5];
        FrameWriter.WriteFrame(frame, Opcode.Text, "Hello"u8);      // 81 05 48 65 6C 6C 6F, the example of RFC 6455 section 5.7

        Assert.Equal("81 05 48 65 6C 6C 6F", BitConverter.ToString(frame).Replace('-', ' '));
    }

    [Fact]
    public async Task Testing_subscribes_as_in_its_readme()
    {
        await using var host = await DuplexTestHost.StartAsync(
            builder => builder.Services.AddDuplex().AddNamespace("room", ns => ns.AllowSubscribe = true),
            app => app.MapDuplex());
        var ann = await host.ConnectAsync("ann");
        await ann.SubscribeAsync("room:lobby");
    }

    internal static async Task WebSocketsAsync(CancellationToken cancellationToken)
    {
        await using var socket = await WebSocketClient.ConnectAsync(
            new Uri("wss://example.org/feed"), cancellationToken: cancellationToken);
        await socket.SendAsync("Hello", cancellationToken);
        await foreach (var message in socket.ReadAllAsync(cancellationToken))
            Console.WriteLine(message.GetText());
    }

    internal static void WebSocketsAspNetCore(string[] args)
    {
        var app = WebApplication.Create(args);
        app.MapWebSocket("/echo", static (connection, message) => connection.Send(message));
        app.MapWebSocket("/feed", static async connection =>
        {
            await foreach (var message in connection.ReadAllAsync()) await connection.SendAsync(message);
        });
        app.Run();
    }

    internal static void EventLoop(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.WebHost.UseDuplexEventLoops();
    }

    internal static void AspNetCore(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddDuplex(options => options.AllowAnonymous = true)
            .AddNamespace("news", ns =>
            {
                ns.HistorySize = 100;
                ns.HistoryTtl = TimeSpan.FromHours(1);
                ns.Recovery = true;
                ns.AllowSubscribe = ns.AllowSubscribeForAnonymous = true;
            });

        var app = builder.Build();
        app.MapDuplex();                                            // /connection/websocket, /connection/sse, ...
        app.MapPost("/news", (News news, IHub hub) => hub.PublishAsync("news:all", news));
        app.MapWebSocket("/echo", static (connection, message) => connection.Send(message));    // the engine alone
        app.Run();
    }

    internal static void Users(WebApplicationBuilder builder)
    {
        builder.Services.AddDuplex().AddHttpContextUser();          // the claim NameIdentifier; a delegate selects another one
    }

    internal static void Policies(DuplexEndpointConventionBuilder hub)
    {
        hub.MapChannel("staff:{room}").RequireAuthorization("staff");
        hub.MapRpc("refund", Refund).RequireAuthorization("cashier");
    }

    private static string Refund(string order) => order;

    public sealed class Ticker(IHub hub)
    {
        public async Task PublishAsync(string symbol, decimal price) =>
            await hub.PublishAsync($"ticker:{symbol}", new Price(symbol, price));
    }

    public sealed record Price(string Symbol, decimal Last);

    public sealed class UploadOptions
    {
        /// <value>From 1 to 1,048,576 bytes. Default 65,536.</value>
        [NumberRange(1, 1024 * 1024, "bytes")]
        public int MaxBytes { get; set; } = 65_536;
    }

    internal sealed record News(string Title);
}
