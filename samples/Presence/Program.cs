// Who is in a channel, and who comes and goes.
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddDuplex(options => options.AllowAnonymous = true)
    .AddNamespace("room", ns =>
    {
        ns.Presence = true;                                 // the hub keeps the list of members
        ns.JoinLeave = true;                                // and publishes each join and leave
        ns.ForceJoinLeave = true;                           // to every subscriber
        ns.AllowSubscribe = ns.AllowSubscribeForAnonymous = true;
        ns.AllowPresenceForSubscriber = ns.AllowPresenceForAnonymous = true;
    });

var app = builder.Build();
app.UseFileServer();
app.MapDuplex();
app.Run();
