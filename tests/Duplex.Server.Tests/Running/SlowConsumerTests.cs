using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Duplex.Server.Tests.Running;

/// <summary>A client that does not read while its channel publishes more than sockets hold.</summary>
public sealed partial class SlowConsumerTests
{
    // 45 MB, several times what the kernel holds for a connection.
    private const int Publications = 1500;
    private const int DataLength = 30_000;

    [Theory]
    [InlineData("conflate"), InlineData("drop_oldest")]
    public async Task Slow_client_skips_publications_and_reads_how_many(string policy)
    {
        await using var server = await ServerProcess.ServeAsync(
            $$$"""{"http_api":{"insecure":true},"client":{"insecure":true},"channel":{"namespaces":[{"name":"ticks","slow_consumers":"{{{policy}}}"}]}}""");
        using var client = await JsonClient.OpenAsync(server);
        await client.AskAsync("""{"id":1,"connect":{}}""");
        await client.AskAsync("""{"id":2,"subscribe":{"channel":"ticks:a"}}""");
        await PublishAsync(server);

        var (received, last) = (0, "");
        var message = await client.AskAsync("""{"id":3,"rpc":{"method":"duplex.subscription","data":{"channel":"ticks:a"}}}""");
        for (; !message.StartsWith("{\"id\":3,", StringComparison.Ordinal); message = await client.NextAsync())
        {
            received++;
            last = message;
        }

        // Publications that were queued when the call was executed may follow its reply.
        while (!last.Contains($"\"n\":{Publications},", StringComparison.Ordinal))
        {
            last = await client.NextAsync();
            received++;
        }

        message = await client.AskAsync("""{"id":4,"rpc":{"method":"duplex.subscription","data":{"channel":"ticks:a"}}}""");
        Assert.InRange(received, 1, Publications - 1);
        Assert.Equal(Publications - received, int.Parse(Skipped().Match(message).Groups[1].Value, CultureInfo.InvariantCulture));
    }

    private static async Task PublishAsync(ServerProcess server)
    {
        using var http = new HttpClient { BaseAddress = server.Http };
        var filling = new string('x', DataLength);
        for (var i = 1; i <= Publications; i++)
        {
            using var body = new StringContent($$$"""{"channel":"ticks:a","data":{"n":{{{i}}},"x":"{{{filling}}}"}}""", Encoding.UTF8, "application/json");
            using var response = await http.PostAsync(new Uri("/api/publish", UriKind.Relative), body, server.Token);
            Assert.StartsWith("{\"result\":", await response.Content.ReadAsStringAsync(server.Token), StringComparison.Ordinal);
        }
    }

    [GeneratedRegex("\"skipped\":([0-9]+)")]
    private static partial Regex Skipped();
}
