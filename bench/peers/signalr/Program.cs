// SignalRPeer PORT: every client joins one group; Publish is sent to the group.
using Microsoft.AspNetCore.SignalR;
using Starting;

return await BenchServer.RunAsync(
    builder =>
    {
        if (args is not [var text] || !ushort.TryParse(text, out var port)) throw new UsageException("usage: SignalRPeer PORT, a number from 0 to 65535.");
        builder.Logging.ClearProviders();
        builder.Services.AddSignalR();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        app.MapHub<FanHub>("/hub");
        return app;
    },
    static _ => "ready");

internal sealed class FanHub : Hub
{
    public override Task OnConnectedAsync() => Groups.AddToGroupAsync(Context.ConnectionId, "fan");

    public Task Publish(string payload) => Clients.Group("fan").SendAsync("m", payload);
}
