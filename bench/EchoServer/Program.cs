using System.Net;
using Duplex.EventLoop.Hosting;
using Duplex.Protocol.Extensions;
using Duplex.WebSockets.Hosting;
using EchoServer;
using Starting;

// --transport selects the engine; the usage lists the endpoints.
if (args is ["--help"] or ["-h"])
{
    Console.WriteLine(ServerOptions.Usage);
    return 0;
}

return await BenchServer.RunAsync(builder => Build(builder, args), app => $"{ServerOptions.Parse(args).Transport} on {app.Urls.First()}");

static WebApplication Build(WebApplicationBuilder builder, string[] args)
{
    var options = ServerOptions.Parse(args);
    builder.Logging.AddFilter("Duplex", LogLevel.Information);
    builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port));
    if (options.Transport is "uring" or "epoll")
    {
        builder.WebHost.UseDuplexEventLoops(loops =>
        {
            loops.BackEnd = options.Transport == "uring" ? EventLoopBackEnd.IoUring : EventLoopBackEnd.Epoll;
            loops.Loops = options.Loops;
        });
    }

    var app = builder.Build();
    if (options.Transport == "snw")
    {
        SystemWebSockets.Map(app);
    }
    else
    {
        // Limits that no load reaches.
        var plain = new WebSocketConnectionOptions
        {
            MaxMessageBytes = options.MaxMessageBytes,
            MaxFragments = options.MaxFragments,
            MaxQueuedBytes = 64 * 1024 * 1024,
            AllowedOrigins = ["*"],
        };
        var echo = options.Compresses ? plain with { Compression = new DeflateOptions { ServerContextTakeover = true, ClientContextTakeover = true, MinMessageBytes = 0 } } : plain;
        app.MapWebSocket("/echo", new SharedEndpoint(new EchoHandler(), echo));
        app.MapWebSocket("/await", static async connection =>
        {
            await foreach (var message in connection.ReadAllAsync()) await connection.SendAsync(message);
        }, echo);
        app.MapWebSocket("/deflate", new SharedEndpoint(new EchoHandler(), plain with { Compression = new DeflateOptions() }));
        app.MapWebSocket("/fan", new SharedEndpoint(new FanHandler(), plain));
    }

    app.MapGet("/health", () => "ok");
    return app;
}
