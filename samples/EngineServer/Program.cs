// The engine without the hub: WebSocket endpoints of an ASP.NET Core application.
var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();

// A handler per message, on the connection's own shard: it must not block.
app.MapWebSocket("/echo", static (connection, message) => connection.Send(message));

// A task per connection; the connection closes when it ends.
app.MapWebSocket("/count", static async connection =>
{
    for (var number = 1; number <= 3; number++) await connection.SendAsync($"{number}");
});
app.Run();
