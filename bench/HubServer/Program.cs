// HubServer [--transport uring|epoll|kestrel] --port N: a hub with history and recovery on, for bench/compare. Anyone may subscribe and publish in "bench:".
using System.Globalization;
using Duplex.EventLoop.Hosting;

var port = 0;
var transport = "kestrel";
for (var i = 0; i + 1 < args.Length; i += 2)
{
    switch (args[i])
    {
        case "--port": port = int.Parse(args[i + 1], CultureInfo.InvariantCulture); break;
        case "--transport": transport = args[i + 1]; break;
        default: throw new ArgumentException($"Unknown option {args[i]}.");
    }
}

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
builder.WebHost.UseDuplexEventLoops(loops =>
{
    loops.BackEnd = transport switch
    {
        "uring" => EventLoopBackEnd.IoUring,
        "epoll" => EventLoopBackEnd.Epoll,
        _ => EventLoopBackEnd.None,
    };
    loops.Loops = 1;
});
builder.Services.AddDuplex(options => options.AllowAnonymous = true)
    .AddNamespace("bench", ns =>
    {
        ns.HistorySize = 100;
        ns.HistoryTtl = TimeSpan.FromMinutes(1);
        ns.Recovery = true;
        ns.AllowSubscribeForAnonymous = ns.AllowSubscribe = true;
        ns.AllowPublishForAnonymous = ns.AllowPublish = true;
    });

var app = builder.Build();
app.MapDuplex();
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine("ready"));
app.Run();
