// HubServer [--transport uring|epoll|kestrel] [--loops N] --port N: a hub with history and recovery on, for
// bench/compare. Anyone may subscribe and publish in "bench:" and "many:", and let the server publish by itself.
using System.Globalization;
using System.Text;
using Duplex.EventLoop.Hosting;
using Duplex.Messaging;
using Duplex.Messaging.Channels;
using HubServer;

var port = 0;
var loopCount = 1;
var transport = "kestrel";
for (var i = 0; i + 1 < args.Length; i += 2)
{
    switch (args[i])
    {
        case "--port": port = int.Parse(args[i + 1], CultureInfo.InvariantCulture); break;
        case "--loops": loopCount = int.Parse(args[i + 1], CultureInfo.InvariantCulture); break;
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
    loops.Loops = loopCount;
});
builder.Services.AddDuplex(options => options.AllowAnonymous = true)
    .AddJsonContext(BatchJson.Default)
    .AddNamespace("bench", ns => Open(ns, historySize: 100))
    // Ten thousand channels with a hundred publications each would measure the memory they take.
    .AddNamespace("many", ns => Open(ns, historySize: 10));

var app = builder.Build();
app.MapDuplex().MapRpc("publish", async (PublishBatch batch, IHub hub) =>
{
    var channels = Enumerable.Range(0, batch.Channels).Select(i => $"{batch.Prefix}{i}").ToArray();
    var data = Encoding.UTF8.GetBytes($"{{\"m\":\"{batch.Payload}\"}}");
    for (var i = 0; i < batch.Count; i++) await hub.PublishAsync(channels[i % channels.Length], data);
});
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine("ready"));
app.Run();

static void Open(NamespaceOptions ns, int historySize)
{
    ns.HistorySize = historySize;
    ns.HistoryTtl = TimeSpan.FromMinutes(1);
    ns.Recovery = true;
    ns.AllowSubscribeForAnonymous = ns.AllowSubscribe = true;
    ns.AllowPublishForAnonymous = ns.AllowPublish = true;
}
