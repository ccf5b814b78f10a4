using Showcase.Tests.Wire;

namespace Showcase.Tests.Support;

/// <summary>What the helpdesk has acknowledged outlives a process that is killed, at whatever moment.</summary>
public sealed class KilledServerTests : IDisposable
{
    private const int Before = 3, After = 8;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("support");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task A_message_without_an_answer_is_sent_again_and_stored_once()
    {
        string id;
        await using (var server = await ShowcaseProcess.StartAsync(_data.FullName))
        {
            await using var visitor = await ConnectAsync(server.Http);
            id = await OpenAsync(visitor);
            for (var i = 0; i < Before; i++) await visitor.CallAsync("case.send", MessageOf(id, i));

            // The server is killed while these are on their way: some are answered, some are stored, some never arrived.
            var last = Enumerable.Range(Before, After)
                .Select(number => visitor.CommandAsync("rpc", $$"""{"method":"case.send","data":{{MessageOf(id, number)}} }""")).ToList();
            await Task.WhenAny(last);
            server.Kill();
            await visitor.ClosedAsync();
        }

        await using var again = await ShowcaseProcess.StartAsync(_data.FullName);
        await using var back = await ConnectAsync(again.Http);
        Assert.Equal(id, await OpenAsync(back));
        for (var number = 0; number < Before + After; number++) await back.CallAsync("case.send", MessageOf(id, number));

        var data = (await back.SubscribeAsync($"case:{id}")).GetProperty("data");
        Assert.Equal(
            Enumerable.Range(0, Before + After).Select(static number => $"message-{number}").Order(StringComparer.Ordinal),
            data.GetProperty("messages").EnumerateArray().Where(static message => message.GetProperty("user").GetString() != "showcase")
                .Select(static message => message.GetProperty("clientId").GetString()!)
                .Where(static clientId => clientId.StartsWith("message-", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.True(data.GetProperty("case").GetProperty("lastId").GetInt64() >= 1 + Before + After);
    }

    private static async Task<ProtocolClient> ConnectAsync(Uri http)
    {
        var client = await ProtocolClient.OpenAsync(http);
        await client.ConnectAsync(RunningShowcase.KeyOf("visitor"));
        return client;
    }

    private static async Task<string> OpenAsync(ProtocolClient client) => (await client.CallAsync(
        "case.open", """{"text":"Help","clientId":"question-0","page":"/chat"}""")).GetProperty("case").GetProperty("case").GetString()!;

    private static string MessageOf(string id, int number) => $$"""{"case":"{{id}}","text":"{{number}}","clientId":"message-{{number}}"}""";
}
