using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Duplex.Server.Tests.Running;

public sealed class ServeTests
{
    [Fact]
    public async Task It_listens_on_both_loopback_addresses_and_answers_health()
    {
        await using var server = await ServerProcess.ServeAsync();
        using var http = new HttpClient();

        Assert.Equal("{}", await http.GetStringAsync(new Uri($"http://127.0.0.1:{server.Port}/health"), server.Token));
        Assert.Equal("{}", await http.GetStringAsync(new Uri($"http://[::1]:{server.Port}/health"), server.Token));
    }

    [Fact]
    public async Task A_client_with_a_token_uses_a_namespace_of_the_file()
    {
        const string configuration = """
            {
              // what a backend shares with the server
              "client": {"token": {"hmac_secret_key": "secret"}},
              "channel": {"namespaces": [{
                "name": "chat", "history_size": 10, "history_ttl": "1h", "presence": true, "force_recovery": true,
                "allow_subscribe_for_client": true, "allow_publish_for_subscriber": true, "allow_history_for_subscriber": true
              }]}
            }
            """;
        var (_, token, _) = await ServerProcess.RunAsync(["gentoken", "--config", ServerProcess.TemporaryFile(configuration), "--user", "42"]);
        await using var server = await ServerProcess.ServeAsync(configuration);
        using var client = await JsonClient.OpenAsync(server);

        Assert.Contains("\"client\":", await client.AskAsync($$$"""{"id":1,"connect":{"token":"{{{token.Trim()}}}"}}"""), StringComparison.Ordinal);
        Assert.Contains("\"recoverable\":true", await client.AskAsync("""{"id":2,"subscribe":{"channel":"chat:1"}}"""), StringComparison.Ordinal);
        var both = await client.AskAsync("""{"id":3,"publish":{"channel":"chat:1","data":{"text":"hello"}}}""");
        both += both.Contains('\n', StringComparison.Ordinal) ? "" : await client.NextAsync();
        Assert.Contains("\"user\":\"42\"", both, StringComparison.Ordinal);
        Assert.Contains("""{"id":3,"publish":{}}""", both, StringComparison.Ordinal);
        Assert.Contains("""{"text":"hello"}""", await client.AskAsync("""{"id":4,"history":{"channel":"chat:1","limit":5}}"""), StringComparison.Ordinal);
        Assert.Contains("\"code\":102", await client.AskAsync("""{"id":5,"subscribe":{"channel":"other:1"}}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_token_nobody_enters_unless_the_file_says_so()
    {
        await using var strict = await ServerProcess.ServeAsync();
        using var stranger = await JsonClient.OpenAsync(strict);
        Assert.StartsWith("close 3501", await stranger.AskAsync("""{"id":1,"connect":{}}"""), StringComparison.Ordinal);

        await using var open = await ServerProcess.ServeAsync("""{"client":{"insecure":true}}""");
        using var guest = await JsonClient.OpenAsync(open);
        Assert.Contains("\"client\":", await guest.AskAsync("""{"id":1,"connect":{}}"""), StringComparison.Ordinal);
        Assert.Contains("\"subscribe\":{", await guest.AskAsync("""{"id":2,"subscribe":{"channel":"lobby"}}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_environment_counts_over_the_file()
    {
        await using var server = await ServerProcess.ServeAsync(
            """{"client":{"allow_anonymous_connect_without_token":false,"ping_interval":"25s"}}""",
            ("DUPLEX_CLIENT_ALLOW_ANONYMOUS_CONNECT_WITHOUT_TOKEN", "true"),
            ("DUPLEX_CLIENT_PING_INTERVAL", "1m30s"));
        using var client = await JsonClient.OpenAsync(server);

        Assert.Contains("\"ping\":90", await client.AskAsync("""{"id":1,"connect":{}}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backend_publishes_with_its_key()
    {
        await using var server = await ServerProcess.ServeAsync("""{"client":{"insecure":true},"http_api":{"key":"backend"}}""");
        using var client = await JsonClient.OpenAsync(server);
        await client.AskAsync("""{"id":1,"connect":{}}""");
        await client.AskAsync("""{"id":2,"subscribe":{"channel":"news"}}""");
        using var http = new HttpClient { BaseAddress = server.Http };
        using var stranger = await http.PostAsync(new Uri("/api/publish", UriKind.Relative), Publication(), server.Token);
        http.DefaultRequestHeaders.Add("X-API-Key", "backend");
        using var backend = await http.PostAsync(new Uri("/api/publish", UriKind.Relative), Publication(), server.Token);

        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        Assert.Equal(HttpStatusCode.OK, backend.StatusCode);
        Assert.Contains("\"data\":7", await client.NextAsync(), StringComparison.Ordinal);

        static StringContent Publication() => new("""{"channel":"news","data":7}""", System.Text.Encoding.UTF8, "application/json");
    }

    [Theory]
    [InlineData("{}", "http_stream", HttpStatusCode.NotFound)]
    [InlineData("""{"http_stream":{"enabled":true}}""", "http_stream", HttpStatusCode.OK)]
    [InlineData("""{"http_stream":{"enabled":true}}""", "uni_http_stream", HttpStatusCode.NotFound)]
    [InlineData("""{"websocket":{"disabled":true}}""", "websocket", HttpStatusCode.NotFound)]
    public async Task Transports_are_there_when_they_are_enabled(string configuration, string transport, HttpStatusCode expected)
    {
        await using var server = await ServerProcess.ServeAsync(configuration);
        using var http = new HttpClient { BaseAddress = server.Http };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/connection/{transport}") { Content = new StringContent("""{"id":1,"connect":{}}""") };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, server.Token);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Asked_to_stop_it_tells_its_clients_and_exits_with_0()
    {
        await using var server = await ServerProcess.ServeAsync("""{"client":{"insecure":true}}""");
        using var client = await JsonClient.OpenAsync(server);
        await client.AskAsync("""{"id":1,"connect":{}}""");

        var exit = server.TerminateAsync();
        Assert.StartsWith("close 3001", await client.NextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await exit);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var (exitCode, _, error) = await ServerProcess.RunAsync(["serve", "--port", $"{port}"]);
        Assert.Equal(1, exitCode);
        Assert.Equal($"http_server.port: 127.0.0.1:{port} is in use by another process.", error.Trim());
    }

    [Fact]
    public async Task An_internal_port_that_is_taken_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var (exitCode, _, error) = await ServerProcess.RunAsync(["serve", "--port", "0"], ("DUPLEX_HTTP_SERVER_INTERNAL_PORT", $"{port}"));
        Assert.Equal(1, exitCode);
        Assert.Equal($"http_server.internal_port: 127.0.0.1:{port} is in use by another process.", error.Trim());
    }

    [Theory]
    [InlineData("auto", "192.0.2.1", null, "http_server.address: 192.0.2.1 is not an address of this machine.")]
    [InlineData("off", "192.0.2.1", null, "http_server.address: 192.0.2.1 is not an address of this machine.")]
    [InlineData("auto", "2001:db8::1", null, "http_server.address: 2001:db8::1 is not an address of this machine.")]
    [InlineData("auto", "127.0.0.1", "192.0.2.7", "http_server.internal_address: 192.0.2.7 is not an address of this machine.")]
    public async Task An_address_that_is_not_ours_is_named_in_one_line(string loops, string address, string? internalAddress, string expected)
    {
        var file = ServerProcess.TemporaryFile(JsonSerializer.Serialize(new
        {
            http_server = new { event_loops = loops, internal_port = internalAddress is null ? 0 : 45_678, internal_address = internalAddress },
        }));

        var (exitCode, output, error) = await ServerProcess.RunAsync(["serve", "--port", "0", "--address", address, "--config", file]);

        Assert.Equal(1, exitCode);
        Assert.Equal(expected, error.Trim());
        Assert.DoesNotContain("Exception", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Channels_without_a_namespace_are_there_with_keys_alone()
    {
        const string configuration = """{"client":{"token":{"hmac_secret_key":"secret"},"subscribe_to_user_personal_channel":{"enabled":true}},"http_api":{"key":"backend"}}""";
        var file = ServerProcess.TemporaryFile(configuration);
        var (_, token, _) = await ServerProcess.RunAsync(["gentoken", "--config", file, "--user", "42"]);
        var (_, channelToken, _) = await ServerProcess.RunAsync(["gentoken", "--config", file, "--user", "42", "--channel", "news"]);
        await using var server = await ServerProcess.ServeAsync(configuration);
        using var client = await JsonClient.OpenAsync(server);

        Assert.Contains("\"#42\":{", await client.AskAsync($$$"""{"id":1,"connect":{"token":"{{{token.Trim()}}}"}}"""), StringComparison.Ordinal);
        Assert.Contains("\"code\":103", await client.AskAsync("""{"id":2,"subscribe":{"channel":"other"}}"""), StringComparison.Ordinal);
        Assert.Contains("\"subscribe\":{", await client.AskAsync($$$"""{"id":3,"subscribe":{"channel":"news","token":"{{{channelToken.Trim()}}}"}}"""), StringComparison.Ordinal);
        using var http = new HttpClient { BaseAddress = server.Http };
        http.DefaultRequestHeaders.Add("X-API-Key", "backend");
        using var content = new StringContent("""{"channel":"news","data":7}""", System.Text.Encoding.UTF8, "application/json");
        using var published = await http.PostAsync(new Uri("/api/publish", UriKind.Relative), content, server.Token);
        Assert.Contains("\"result\"", await published.Content.ReadAsStringAsync(server.Token), StringComparison.Ordinal);
        Assert.Contains("\"data\":7", await client.NextAsync(), StringComparison.Ordinal);
    }
}
