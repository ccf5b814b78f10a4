using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Duplex.Server.Tests.Running;

/// <summary>Header fields on their way from clients to the backend, byte by byte.</summary>
public sealed class PassedHeaderTests
{
    [Theory]
    [InlineData("X-Auth", "a\r\nX-Admin: yes")]
    [InlineData("X-Auth", "a\nX-Admin: yes")]
    [InlineData("X-Auth", "a\r b")]
    [InlineData("X-Auth", "a\r\n\r\nPOST /evil HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("X-Auth", "a\0b")]
    [InlineData("X-Auth", "é")]
    [InlineData("X-Auth", "\ud83d\ude00")]
    [InlineData("X-Auth", "a\u007f")]
    [InlineData("X-Auth\r\nX-Admin", "yes")]
    [InlineData("X Auth", "yes")]
    [InlineData("", "yes")]
    [InlineData("Host", "evil")]
    [InlineData("content-length", "0")]
    [InlineData("Transfer-Encoding", "chunked")]
    [InlineData("Connection", "close")]
    [InlineData("Proxy-Authorization", "x")]
    public async Task Client_that_says_a_field_which_no_request_can_carry_is_refused_and_the_backend_sees_nothing(string name, string value)
    {
        await using var backend = new RawBackend();
        await using var server = await ServeAsync(backend);
        using var client = await JsonClient.OpenAsync(server);

        Assert.StartsWith("close 3501", await client.AskAsync(Connect(name, value)), StringComparison.Ordinal);

        Assert.False(backend.HasMore);
    }

    [Fact]
    public async Task Field_of_the_configuration_takes_the_place_of_the_one_a_client_says()
    {
        await using var backend = new RawBackend();
        await using var server = await ServeAsync(backend);
        using var client = await JsonClient.OpenAsync(server);

        Assert.Contains("\"client\":", await client.AskAsync(Connect("x-key", "of the client")), StringComparison.Ordinal);

        Assert.Equal(["secret"], Fields(await backend.NextAsync(server.Token), "X-Key"));
    }

    [Fact]
    public async Task Field_of_the_request_takes_the_place_of_the_one_a_client_says()
    {
        await using var backend = new RawBackend();
        await using var server = await ServeAsync(backend);
        using var client = await JsonClient.OpenAsync(server, ("X-Real-Ip", "192.0.2.1"));

        Assert.Contains("\"client\":", await client.AskAsync(Connect("X-Real-Ip", "198.51.100.1")), StringComparison.Ordinal);

        Assert.Equal(["192.0.2.1"], Fields(await backend.NextAsync(server.Token), "X-Real-Ip"));
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("off")]
    public async Task Bytes_above_127_of_a_requests_field_reach_the_backend_as_they_came(string loops)
    {
        await using var backend = new RawBackend();
        await using var server = await ServeAsync(backend, loops);
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", server.Port, server.Token);
        var stream = socket.GetStream();
        await stream.WriteAsync(
            Encoding.UTF8.GetBytes($"GET /connection/websocket HTTP/1.1\r\nHost: 127.0.0.1:{server.Port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nX-Real-Ip: gr\u00fc\u00df\r\n\r\n"),
            server.Token);

        // RFC 6455 5.3: masked with a key of zeros, the text stands as it is.
        var text = Encoding.UTF8.GetBytes("""{"id":1,"connect":{}}""");
        await stream.WriteAsync((byte[])[0x81, (byte)(0x80 | text.Length), 0, 0, 0, 0, .. text], server.Token);

        var sent = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes("gr\u00fc\u00df"));
        Assert.Equal([sent], Fields(await backend.NextAsync(server.Token), "X-Real-Ip"));
    }

    private static string Connect(string name, string value) =>
        "{\"id\":1,\"connect\":{\"headers\":" + JsonSerializer.Serialize(new Dictionary<string, string> { [name] = value }) + "}}";

    private static IEnumerable<string> Fields(string question, string name) => question.Split("\r\n\r\n")[0].Split("\r\n")
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)).Select(static line => line[(line.IndexOf(':') + 1)..].Trim());

    private static Task<ServerProcess> ServeAsync(RawBackend backend, string loops = "auto") => ServerProcess.ServeAsync($$$$"""
        {
          "http_server": {"event_loops": "{{{{loops}}}}"},
          "client": {"proxy": {"connect": {
            "enabled": true, "endpoint": "{{{{backend.Address}}}}c", "timeout": "10s",
            "http_headers": ["X-Real-Ip"], "emulated_headers": ["X-Auth", "X-Key", "X-Real-Ip"], "http": {"static_headers": {"X-Key": "secret"}}
          }}}
        }
        """);
}
