using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace Duplex.Server.Tests.Running;

/// <summary>Clients that only listen cannot be told of an error, so their connections end in words of the file.</summary>
public sealed class OneWayTests : IAsyncLifetime
{
    private Backend _backend = null!;

    public async ValueTask InitializeAsync() => _backend = await Backend.StartAsync();

    public ValueTask DisposeAsync() => _backend.DisposeAsync();

    [Theory]
    [InlineData("true", 404, 4904, "not found")]
    [InlineData("true", 405, 3004, "internal server error")]
    [InlineData("false", 404, 3004, "internal server error")]
    public async Task An_error_of_connecting_ends_the_connection_as_the_file_says(string isEnabled, int error, int code, string reason)
    {
        _backend.Answer("/connect", $$$"""{"error":{"code":{{{error}}},"message":"no"}}""");
        await using var server = await ServerProcess.ServeAsync($$$$"""
            {
              "client": {
                "proxy": {"connect": {"enabled": true, "endpoint": "{{{{_backend.Address}}}}connect", "timeout": "10s"}},
                "connect_code_to_unidirectional_disconnect": {
                  "enabled": {{{{isEnabled}}}}, "transforms": [{"code": 404, "to": {"code": 4904, "reason": "not found"}}]
                }
              },
              "uni_websocket": {"enabled": true},
              "uni_sse": {"enabled": true}
            }
            """);

        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(server.WebSocket) { Path = "/connection/uni_websocket", Query = "cf_connect={}" }.Uri, server.Token);
        var buffer = new byte[1024];
        var push = await socket.ReceiveAsync(buffer, server.Token);
        Assert.Equal($$$"""{"disconnect":{"code":{{{code}}},"reason":"{{{reason}}}"}}""", Told(Encoding.UTF8.GetString(buffer, 0, push.Count)));
        var close = await socket.ReceiveAsync(buffer, server.Token);
        Assert.Equal((code, reason), ((int)close.CloseStatus!, close.CloseStatusDescription));

        using var http = new HttpClient { BaseAddress = server.Http };
        using var response = await http.GetAsync(new Uri("/connection/uni_sse", UriKind.Relative), server.Token);
        Assert.Equal(code % 1000 >= 500 ? HttpStatusCode.Forbidden : HttpStatusCode.OK, response.StatusCode);
        var events = await response.Content.ReadAsStringAsync(server.Token);
        Assert.Contains($"\"code\":{code},\"reason\":\"{reason}\"", events, StringComparison.Ordinal);
    }

    // Whether to come back is said by the code.
    private static string Told(string push) => push.Replace(",\"reconnect\":true", "", StringComparison.Ordinal);
}
