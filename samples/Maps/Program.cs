// A map channel: entries by key that every subscriber has a live copy of, here the pointers of all visitors.
using Duplex.Messaging.Channels;
using Duplex.Messaging.Maps;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddDuplex(options => options.AllowAnonymous = true)
    .AddNamespace("pointers", ns =>
    {
        ns.SubscriptionType = SubscriptionType.Map;
        ns.Map.KeyTtl = TimeSpan.FromSeconds(60);           // an entry expires so long after its last change
        ns.Map.ClientKey = MapClientKey.ClientId;           // a client changes its own entry alone
        ns.Map.RemoveClientOnUnsubscribe = true;
        ns.Map.AllowPublishForSubscriber = true;
        ns.AllowSubscribe = ns.AllowSubscribeForAnonymous = true;
    });

var app = builder.Build();
app.UseFileServer();
app.MapDuplex();
app.Run();
