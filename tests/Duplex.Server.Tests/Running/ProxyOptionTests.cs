using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;

namespace Duplex.Server.Tests.Running;

/// <summary>How a backend is asked, as the options of its proxy say.</summary>
public sealed class ProxyOptionTests : IAsyncLifetime
{
    private Backend _backend = null!;

    public async ValueTask InitializeAsync()
    {
        _backend = await Backend.StartAsync();
        _backend.Answer("/connect", """{"result":{"user":""}}""");
    }

    public ValueTask DisposeAsync() => _backend.DisposeAsync();

    [Fact]
    public async Task Binary_payloads_go_and_come_as_base64()
    {
        _backend.Answer("/rpc", """{"result":{"b64data":"/gE="}}""");
        await using var server = await ServeAsync("\"binary_encoding\": true,");
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("centrifuge-protobuf");
        await socket.ConnectAsync(server.WebSocket, server.Token);

        // Each message has its length before it: id 1, connect; id 2, rpc with the data ff 00 and the method "m".
        await AskAsync([0x04, 0x08, 0x01, 0x22, 0x00]);
        var reply = await AskAsync([0x0b, 0x08, 0x02, 0x6a, 0x07, 0x0a, 0x02, 0xff, 0x00, 0x12, 0x01, 0x6d]);

        Assert.Equal([0x08, 0x08, 0x02, 0x6a, 0x04, 0x0a, 0x02, 0xfe, 0x01], reply);
        Assert.Equal(
            """{"transport":"websocket","protocol":"protobuf","encoding":"binary","user":"","method":"m","b64data":"/wA="}""",
            _backend.Asked("/rpc").Body);

        async Task<byte[]> AskAsync(byte[] command)
        {
            await socket.SendAsync(command, WebSocketMessageType.Binary, true, server.Token);
            var buffer = new byte[1024];
            var received = await socket.ReceiveAsync(buffer, server.Token);
            return buffer[..received.Count];
        }
    }

    [Fact]
    public async Task Binary_encoding_of_a_json_client_is_base64_of_its_json()
    {
        _backend.Answer("/rpc", """{"result":{"b64data":"eyJuIjoxfQ=="}}""");
        await using var server = await ServeAsync("\"binary_encoding\": true,");
        using var client = await ConnectAsync(server);

        Assert.Contains("\"data\":{\"n\":1}", await client.AskAsync("""{"id":2,"rpc":{"method":"m","data":{"n":0}}}"""), StringComparison.Ordinal);
        Assert.EndsWith("\"encoding\":\"binary\",\"user\":\"\",\"method\":\"m\",\"b64data\":\"eyJuIjowfQ==\"}", _backend.Asked("/rpc").Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, "{\"id\":2,\"error\":{\"code\":404,\"message\":\"not found\",\"temporary\":true}}")]
    [InlineData(403, "close 4403 banned")]
    [InlineData(500, "{\"id\":2,\"error\":{\"code\":100,")]
    public async Task Statuses_mean_to_the_client_what_the_file_says(int status, string expected)
    {
        _backend.Answer("/rpc", context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        await using var server = await ServeAsync("""
            "http": {"status_to_code_transforms": [
              {"status_code": 404, "to_error": {"code": 404, "message": "not found", "temporary": true}},
              {"status_code": 403, "to_disconnect": {"code": 4403, "reason": "banned"}}
            ]},
            """);
        using var client = await ConnectAsync(server);

        Assert.StartsWith(expected, await client.AskAsync("""{"id":2,"rpc":{"method":"m"}}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_that_no_close_frame_may_carry_is_an_internal_error()
    {
        _backend.Answer("/rpc", """{"disconnect":{"code":1005,"reason":"none"}}""");
        await using var server = await ServeAsync();
        using var client = await ConnectAsync(server);

        Assert.StartsWith("{\"id\":2,\"error\":{\"code\":100,", await client.AskAsync("""{"id":2,"rpc":{"method":"m"}}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refresh_may_change_the_info_and_the_meta_of_a_connection()
    {
        // In whole seconds: a time within the next second may be over when the server reads it.
        _backend.Answer("/connect", context => context.Response.WriteAsync(
            $$$"""{"result":{"user":"ann","info":{"n":1},"meta":{"n":1},"expire_at":{{{DateTimeOffset.UtcNow.AddSeconds(3).ToUnixTimeSeconds()}}}}}"""));
        _backend.Answer("/refresh", """{"result":{"info":{"n":2},"meta":{"n":2}}}""");
        _backend.Answer("/rpc", """{"result":{}}""");
        await using var server = await ServeAsync("\"include_connection_meta\": true,");
        using var client = await ConnectAsync(server);

        do
        {
            await client.AskAsync("""{"id":2,"rpc":{"method":"m"}}""");
        }
        while (!_backend.Asked("/rpc").Body.Contains("\"meta\":{\"n\":2}", StringComparison.Ordinal));
        await client.AskAsync("""{"id":3,"subscribe":{"channel":"chat:a"}}""");
        Assert.Contains("\"conn_info\":{\"n\":2}", await client.AskAsync("""{"id":4,"presence":{"channel":"chat:a"}}"""), StringComparison.Ordinal);
        Assert.Equal(1, _backend.Count("/refresh"));
    }

    [Fact]
    public async Task Methods_of_the_environment_are_answered_and_ping_by_the_server_itself()
    {
        _backend.Answer("/shop", """{"result":{"data":"sold"}}""");
        await using var server = await ServerProcess.ServeAsync(
            """{"client":{"insecure":true}}""",
            ("DUPLEX_RPC_PING_ENABLED", "true"),
            ("DUPLEX_RPC_NAMESPACES", "shop"),
            ("DUPLEX_RPC_NAMESPACES_SHOP_PROXY_ENABLED", "true"),
            ("DUPLEX_RPC_NAMESPACES_SHOP_PROXY_NAME", "till"),
            ("DUPLEX_PROXIES", "till"),
            ("DUPLEX_PROXIES_TILL_ENDPOINT", $"{_backend.Address}shop"),
            ("DUPLEX_PROXIES_TILL_TIMEOUT", "10s"));
        using var client = await ConnectAsync(server);

        Assert.Contains("\"data\":\"sold\"", await client.AskAsync("""{"id":2,"rpc":{"method":"shop:buy"}}"""), StringComparison.Ordinal);
        Assert.Equal("""{"id":3,"rpc":{}}""", await client.AskAsync("""{"id":3,"rpc":{"method":"ping"}}"""));
        Assert.Contains("\"code\":104", await client.AskAsync("""{"id":4,"rpc":{"method":"buy"}}"""), StringComparison.Ordinal);
    }

    private static async Task<JsonClient> ConnectAsync(ServerProcess server)
    {
        var client = await JsonClient.OpenAsync(server);
        Assert.Contains("\"client\":", await client.AskAsync("""{"id":1,"connect":{}}"""), StringComparison.Ordinal);
        return client;
    }

    private Task<ServerProcess> ServeAsync(string rpc = "") =>
        ServerProcess.ServeAsync("""
            {
              "client": {"proxy": {
                "connect": {"enabled": true, "endpoint": "BACKEND/connect", "timeout": "10s"},
                "refresh": {"enabled": true, "endpoint": "BACKEND/refresh", "timeout": "10s"}
              }},
              "channel": {"namespaces": [{
                "name": "chat", "presence": true, "allow_subscribe_for_client": true, "allow_subscribe_for_anonymous": true, "allow_presence_for_subscriber": true
              }]},
              "rpc": {"proxy": {RPC "endpoint": "BACKEND/rpc", "timeout": "10s"}, "without_namespace": {"proxy_enabled": true}}
            }
            """.Replace("RPC", rpc, StringComparison.Ordinal).Replace("BACKEND", _backend.Address.ToString().TrimEnd('/'), StringComparison.Ordinal));
}
