using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Duplex.Server.Tests.Running;

/// <summary>Ports, paths, TLS, limits and who serves, as configurations choose them.</summary>
public sealed class ListenTests
{
    private const string Connect = """{"id":1,"connect":{}}""";

    [Theory]
    [InlineData("auto")]
    [InlineData("epoll")]
    [InlineData("off")]
    public async Task Clients_are_served_by_what_the_file_chooses(string loops)
    {
        await using var server = await ServerProcess.ServeAsync(
            $$$"""{"http_server":{"event_loops":"{{{loops}}}"},"client":{"insecure":true},"http_stream":{"enabled":true}}""");
        using var client = await JsonClient.OpenAsync(server);
        using var http = new HttpClient { BaseAddress = server.Http };

        Assert.Contains("\"client\":", await client.AskAsync(Connect), StringComparison.Ordinal);
        Assert.Equal("{}", await http.GetStringAsync(new Uri("/health", UriKind.Relative), server.Token));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(http, "/connection/http_stream", Connect, server.Token));
    }

    [Fact]
    public async Task An_internal_port_takes_api_and_health_away_from_the_port_of_clients()
    {
        var port = FreePort();
        await using var server = await ServerProcess.ServeAsync(
            $$$"""{"http_server":{"internal_port":{{{port}}}},"http_api":{"insecure":true},"client":{"insecure":true}}""");
        using var outside = new HttpClient { BaseAddress = server.Http };
        using var inside = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        using var forged = new HttpClient { BaseAddress = server.Http };
        forged.DefaultRequestHeaders.Host = $"127.0.0.1:{port}";

        foreach (var stranger in (HttpClient[])[outside, forged])
        {
            Assert.Equal(HttpStatusCode.NotFound, await PostAsync(stranger, "/api/info", "{}", server.Token));
            Assert.Equal(HttpStatusCode.NotFound, await PostAsync(stranger, "/api", "{}", server.Token));
            using var health = await stranger.GetAsync(new Uri("/health", UriKind.Relative), server.Token);
            Assert.Equal(HttpStatusCode.NotFound, health.StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, await PostAsync(inside, "/api/info", "{}", server.Token));
        Assert.Equal("{}", await inside.GetStringAsync(new Uri("/health", UriKind.Relative), server.Token));
        using var client = await JsonClient.OpenAsync(server);
        Assert.Contains("\"client\":", await client.AskAsync(Connect), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_api_stays_outside_when_it_is_external()
    {
        await using var server = await ServerProcess.ServeAsync(
            $$$"""{"http_server":{"internal_port":{{{FreePort()}}}},"http_api":{"insecure":true,"external":true}}""");
        using var http = new HttpClient { BaseAddress = server.Http };

        Assert.Equal(HttpStatusCode.OK, await PostAsync(http, "/api/info", "{}", server.Token));
    }

    [Fact]
    public async Task With_a_certificate_everything_is_encrypted_and_nothing_is_not()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var tls = JsonSerializer.Serialize(new { enabled = true, cert_pem = certificate.ExportCertificatePem(), key_pem = key.ExportPkcs8PrivateKeyPem() });
        await using var server = await ServerProcess.ServeAsync("{\"http_server\":{\"tls\":" + tls + "},\"client\":{\"insecure\":true}}");

        using var socket = new ClientWebSocket();
        socket.Options.RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetCertHashString() == certificate.GetCertHashString();
        await socket.ConnectAsync(new UriBuilder(server.WebSocket) { Scheme = "wss" }.Uri, server.Token);
        await socket.SendAsync(Encoding.UTF8.GetBytes(Connect), WebSocketMessageType.Text, true, server.Token);
        var buffer = new byte[4096];
        var received = await socket.ReceiveAsync(buffer, server.Token);
        Assert.Contains("\"client\":", Encoding.UTF8.GetString(buffer, 0, received.Count), StringComparison.Ordinal);

        using var plain = new ClientWebSocket();
        await Assert.ThrowsAsync<WebSocketException>(() => plain.ConnectAsync(server.WebSocket, server.Token));
    }

    [Theory]
    [InlineData("""{"http_server":{"tls":{"enabled":true}}}""", "http_server.tls.cert_pem or http_server.tls.cert_pem_file is missing")]
    [InlineData("""{"http_server":{"tls":{"enabled":true,"cert_pem":"x","key_pem":"y"}}}""", "http_server.tls.cert_pem: a certificate in PEM is expected")]
    [InlineData("""{"http_server":{"tls":{"enabled":true,"cert_pem_file":"/nowhere","key_pem":"y"}}}""", "http_server.tls.cert_pem_file: Could not find")]
    [InlineData("""{"http_server":{"address":"nowhere"}}""", "http_server.address: an IP address, localhost or * is expected, not \"nowhere\"")]
    [InlineData("""{"http_server":{"event_loops":"windows"}}""", "http_server.event_loops: one of \"auto\", \"io_uring\", \"epoll\", \"off\" is expected, not \"windows\"")]
    [InlineData("""{"websocket":{"handler_prefix":"socket"}}""", "websocket.handler_prefix: a path that begins with a slash is expected, not \"socket\"")]
    public async Task What_cannot_be_listened_with_is_said_with_its_path(string configuration, string expected)
    {
        var (exitCode, _, error) = await ServerProcess.RunAsync(["serve", "--port", "0", "--config", ServerProcess.TemporaryFile(configuration)]);

        Assert.Equal(2, exitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handler_prefixes_move_the_endpoints()
    {
        await using var server = await ServerProcess.ServeAsync("""
            {
              "client": {"insecure": true},
              "websocket": {"handler_prefix": "/ws"},
              "http_stream": {"enabled": true, "handler_prefix": "/stream"},
              "uni_sse": {"enabled": true, "handler_prefix": "/listen/"},
              "emulation": {"handler_prefix": "/say"},
              "http_api": {"insecure": true, "handler_prefix": "/backend"},
              "health": {"handler_prefix": "/alive"}
            }
            """);
        using var http = new HttpClient { BaseAddress = server.Http };

        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(server.WebSocket) { Path = "/ws" }.Uri, server.Token);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(http, "/stream", Connect, server.Token));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(http, "/listen", "{}", server.Token));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(http, "/say", "{", server.Token));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(http, "/backend/info", "{}", server.Token));
        Assert.Equal("{}", await http.GetStringAsync(new Uri("/alive", UriKind.Relative), server.Token));
        foreach (var path in (string[])["/connection/websocket", "/connection/http_stream", "/connection/uni_sse", "/emulation", "/api/info", "/health"])
        {
            Assert.Equal(HttpStatusCode.NotFound, await PostAsync(http, path, Connect, server.Token));
        }
    }

    [Fact]
    public async Task Each_endpoint_has_a_limit_of_its_own()
    {
        await using var server = await ServerProcess.ServeAsync("""
            {
              "client": {"insecure": true},
              "websocket": {"message_size_limit": 100},
              "http_stream": {"enabled": true, "max_request_body_size": 200},
              "sse": {"enabled": true},
              "emulation": {"max_request_body_size": 300}
            }
            """);
        using var http = new HttpClient { BaseAddress = server.Http };
        using var client = await JsonClient.OpenAsync(server);

        Assert.Equal(HttpStatusCode.OK, await PostAsync(http, "/connection/http_stream", Connect.PadRight(200), server.Token));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(http, "/connection/http_stream", Connect.PadRight(201), server.Token));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(http, "/connection/sse", Connect.PadRight(1000), server.Token));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(http, "/emulation", Connect.PadRight(301), server.Token));
        Assert.StartsWith("close 1009", await client.AskAsync(Connect.PadRight(101)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "websocket", false)]
    [InlineData("""{"websocket":{"compression":true,"compression_level":6,"compression_min_size":10},"uni_websocket":{"enabled":true}}""", "websocket", true)]
    [InlineData("""{"websocket":{"compression":true},"uni_websocket":{"enabled":true}}""", "uni_websocket", false)]
    [InlineData("""{"uni_websocket":{"enabled":true,"compression":true}}""", "uni_websocket", true)]
    public async Task Messages_are_compressed_where_the_file_says_so(string configuration, string transport, bool isCompressed)
    {
        await using var server = await ServerProcess.ServeAsync(configuration);
        using var socket = new ClientWebSocket();
        socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        socket.Options.CollectHttpResponseDetails = true;

        await socket.ConnectAsync(new UriBuilder(server.WebSocket) { Path = $"/connection/{transport}" }.Uri, server.Token);

        Assert.Equal(isCompressed, socket.HttpResponseHeaders!.ContainsKey("Sec-WebSocket-Extensions"));
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient http, string path, string body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return response.StatusCode;
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
