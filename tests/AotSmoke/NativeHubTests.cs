using System.Net.WebSockets;
using System.Text;

namespace AotSmoke;

/// <summary>The hub with typed handlers compiles ahead of time without a warning, and the native program serves.</summary>
public sealed class NativeHubTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_native_hub_is_published_without_warnings_and_runs_its_typed_handlers()
    {
        using var server = await NativeProgram.StartAsync("Hub", "AotHub");
        using var client = new ClientWebSocket();
        var address = new Uri(server.FirstLine);
        await client.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/connection/websocket" }.Uri, Token);

        Assert.Contains("\"client\":", await AskAsync(client, """{"id":1,"connect":{"data":{"name":"ann"}}}"""), StringComparison.Ordinal);
        Assert.Contains("\"data\":{\"text\":\"ann enters lobby, number 1 of this call\"}", await AskAsync(client, """{"id":2,"subscribe":{"channel":"room:lobby"}}"""), StringComparison.Ordinal);
        Assert.Contains("\"data\":{\"text\":\"Hello, bob\"}", await AskAsync(client, """{"id":3,"rpc":{"method":"greet","data":{"name":"bob"}}}"""), StringComparison.Ordinal);

        // The publication and the reply come in either order.
        var frames = await AskAsync(client, """{"id":4,"publish":{"channel":"room:lobby","data":{"name":"hi"}}}""") + await ReadAsync(client);
        Assert.Contains("\"pub\":{\"data\":{\"text\":\"ann: hi\"}", frames, StringComparison.Ordinal);
        Assert.Contains("{\"id\":4,\"publish\":{}}", frames, StringComparison.Ordinal);

        using var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Add("X-API-Key", "key");
        using var body = new StringContent("""{"method":"greet","params":{"name":"backend"}}""");
        using var answer = await http.PostAsync(new Uri("/api/rpc", UriKind.Relative), body, Token);
        Assert.Equal("""{"result":{"data":{"text":"Hello, backend"}}}""", await answer.Content.ReadAsStringAsync(Token));
    }

    private static async Task<string> AskAsync(ClientWebSocket client, string command)
    {
        await client.SendAsync(Encoding.UTF8.GetBytes(command), WebSocketMessageType.Text, true, Token);
        return await ReadAsync(client);
    }

    private static async Task<string> ReadAsync(ClientWebSocket client)
    {
        var buffer = new byte[4096];
        var received = await client.ReceiveAsync(buffer, Token);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }
}
