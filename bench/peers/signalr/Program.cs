// SignalRPeer PORT: every client joins one group; Publish is sent to the group.
using Microsoft.AspNetCore.SignalR;

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.Services.AddSignalR();
builder.WebHost.UseUrls($"http://127.0.0.1:{args[0]}");
var app = builder.Build();
app.MapHub<FanHub>("/hub");
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine("ready"));
app.Run();

internal sealed class FanHub : Hub
{
    public override Task OnConnectedAsync() => Groups.AddToGroupAsync(Context.ConnectionId, "fan");

    public Task Publish(string payload) => Clients.Group("fan").SendAsync("m", payload);
}
