using System.Net;
using Duplex.EventLoop.Hosting;
using Duplex.Protocol.Extensions;
using EchoServer;

// One engine per switch: /echo returns each message, /deflate compressed, /fan sends it to everybody there.
if (ServerOptions.TryParse(args) is not { } options)
{
    Console.Error.WriteLine($"usage: EchoServer [--transport {string.Join('|', ServerOptions.Transports)}] [--port N] [--loops N]");
    return 1;
}

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Duplex", LogLevel.Information);
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
    app.MapWebSocket("/echo", new SharedEndpoint(new EchoHandler()));
    app.MapWebSocket("/deflate", new SharedEndpoint(new EchoHandler(), new DeflateOptions()));
    app.MapWebSocket("/fan", new SharedEndpoint(new FanHandler()));
}

app.MapGet("/health", () => "ok");
await app.StartAsync();
Console.WriteLine($"{options.Transport} on {app.Urls.First()}");
await app.WaitForShutdownAsync();
return 0;
