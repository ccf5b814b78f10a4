// HubServer [--transport uring|epoll|kestrel] [--loops N] [--conflate yes|no] --port N: a hub with history and recovery, for
// bench/compare. Every client may subscribe and publish in "bench:" and "many:", and call "publish", with which the server
// publishes. --conflate adds the conflating namespace "latest:": with it the hub measures what is in transit to every client.
using System.Text;
using Duplex.EventLoop.Hosting;
using Duplex.Messaging;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Publications;
using HubServer;
using Starting;

return await BenchServer.RunAsync(builder => Build(builder, args), static _ => "ready");

static WebApplication Build(WebApplicationBuilder builder, string[] args)
{
    var arguments = new Arguments(args, "--transport", "--loops", "--conflate", "--port");
    builder.Logging.ClearProviders();
    var port = arguments.Number("--port", 0, 0, 65535);
    builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
    builder.WebHost.UseDuplexEventLoops(loops =>
    {
        loops.BackEnd = arguments.OneOf("--transport", "kestrel", "uring", "epoll") switch
        {
            "uring" => EventLoopBackEnd.IoUring,
            "epoll" => EventLoopBackEnd.Epoll,
            _ => EventLoopBackEnd.None,
        };
        loops.Loops = arguments.Number("--loops", 1, 1, 1024);
    });
    var duplex = builder.Services.AddDuplex(options => options.AllowAnonymous = true)
        .AddJsonContext(BatchJson.Default)
        .AddNamespace("bench", ns => Open(ns, historySize: 100))
        // With ten thousand channels, a hundred publications each would measure their memory.
        .AddNamespace("many", ns => Open(ns, historySize: 10));
    if (arguments.OneOf("--conflate", "no", "yes") == "yes")
    {
        duplex.AddNamespace("latest", ns =>
        {
            ns.AllowSubscribeForAnonymous = ns.AllowSubscribe = true;
            ns.SlowConsumers = SlowConsumerPolicy.Conflate;
        });
    }

    var app = builder.Build();
    app.MapDuplex().MapRpc("publish", async (PublishBatch batch, IHub hub) =>
    {
        var channels = Enumerable.Range(0, batch.Channels).Select(i => $"{batch.Prefix}{i}").ToArray();
        var data = Encoding.UTF8.GetBytes($"{{\"m\":\"{batch.Payload}\"}}");
        var options = Enumerable.Range(0, Math.Max(batch.Keys, 1)).Select(i => batch.Keys == 0 ? null : new PublishOptions { Key = $"k{i}" }).ToArray();
        for (var i = 0; i < batch.Count; i++) await hub.PublishAsync(channels[i % channels.Length], data, options[i % options.Length]);
    });
    return app;
}

static void Open(NamespaceOptions ns, int historySize)
{
    ns.HistorySize = historySize;
    ns.HistoryTtl = TimeSpan.FromMinutes(1);
    ns.Recovery = true;
    ns.AllowSubscribeForAnonymous = ns.AllowSubscribe = true;
    ns.AllowPublishForAnonymous = ns.AllowPublish = true;
}
