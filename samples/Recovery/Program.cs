// A channel with history: a page that was offline receives what it missed, once and in order.
using Duplex.Messaging;

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
app.UseFileServer();
app.MapDuplex();

// The page's button; anything on the server may publish in this way.
var number = 0;
app.MapPost("/publish", (IHub hub) => hub.PublishAsync("news:all", new News($"News {Interlocked.Increment(ref number)}")));
app.Run();

internal sealed record News(string Title);
