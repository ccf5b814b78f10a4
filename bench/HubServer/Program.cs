// HubServer --port N: a hub with history and recovery on, for bench/compare. Anyone may subscribe and publish in "bench:".
using System.Globalization;

var port = 0;
for (var i = 0; i + 1 < args.Length; i += 2)
{
    switch (args[i])
    {
        case "--port": port = int.Parse(args[i + 1], CultureInfo.InvariantCulture); break;
        default: throw new ArgumentException($"Unknown option {args[i]}.");
    }
}

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
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
