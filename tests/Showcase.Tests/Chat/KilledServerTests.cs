using System.Text.Json;
using Showcase.Tests.Wire;

namespace Showcase.Tests.Chat;

/// <summary>What the chat has acknowledged outlives a process that is killed, at whatever moment.</summary>
public sealed class KilledServerTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("chat");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task An_acknowledged_message_is_there_and_one_without_an_answer_is_sent_again_without_a_double()
    {
        const int wave = 20;
        var acknowledged = new Dictionary<string, JsonElement>();
        await using (var server = await ShowcaseProcess.StartAsync(_data.FullName))
        {
            // Several people, because one may not write that fast.
            await using var people = await People.ConnectAsync(server.Http);
            var first = Enumerable.Range(0, wave).Select(number => SendAsync(people.Author(number), number));
            foreach (var answer in await Task.WhenAll(first)) Keep(acknowledged, answer);
            // It dies somewhere within these: some are answered, some are stored, some never arrived.
            var second = Enumerable.Range(wave, wave).Select(number => SendAsync(people.Author(number), number)).ToList();
            await Task.WhenAny(second);
            server.Kill();
            await people.ClosedAsync();
            foreach (var answer in second.Where(answer => answer.IsCompletedSuccessfully)) Keep(acknowledged, await answer);
        }

        await using var again = await ShowcaseProcess.StartAsync(_data.FullName);
        await using var back = await People.ConnectAsync(again.Http);
        var stored = await AllAsync(back.Author(0));
        foreach (var (clientId, message) in acknowledged) Assert.Equal(message.GetRawText(), stored[clientId].GetRawText());

        // As the page does: whatever has no answer is sent once more.
        for (var number = wave; number < 2 * wave; number++)
        {
            if (!acknowledged.ContainsKey(ClientId(number))) Keep(acknowledged, await SendAsync(back.Author(number), number));
        }

        var all = await AllAsync(back.Author(0));
        Assert.Equal(2 * wave, all.Count);
        foreach (var (clientId, message) in stored) Assert.Equal(message.GetRawText(), all[clientId].GetRawText());
    }

    private static string ClientId(int number) => $"message-{number}";

    private static Task<JsonElement> SendAsync(ProtocolClient client, int number) => client.CommandAsync(
        "rpc", $$"""{"method":"chat.send","data":{"room":"lobby","text":"{{number}}","clientId":"{{ClientId(number)}}"} }""");

    private static void Keep(Dictionary<string, JsonElement> messages, JsonElement reply)
    {
        var message = reply.GetProperty("rpc").GetProperty("data").GetProperty("message");
        messages[message.GetProperty("clientId").GetString()!] = message;
    }

    // Fails on a message that is there twice: ids and client ids are unique.
    private static async Task<Dictionary<string, JsonElement>> AllAsync(ProtocolClient client)
    {
        var messages = new Dictionary<string, JsonElement>();
        var before = "";
        for (var more = true; more;)
        {
            var page = await client.CallAsync("chat.history", $$"""{"room":"lobby"{{before}}}""");
            foreach (var message in page.GetProperty("messages").EnumerateArray())
                messages.Add(message.GetProperty("clientId").GetString()!, message);
            before = $",\"before\":{page.GetProperty("messages")[0].GetProperty("id")}";
            more = page.GetProperty("more").GetBoolean();
        }

        Assert.Equal(messages.Count, messages.Values.Select(message => message.GetProperty("id").GetInt64()).Distinct().Count());
        return messages;
    }

    private sealed class People(ProtocolClient[] clients) : IAsyncDisposable
    {
        public static async Task<People> ConnectAsync(Uri http)
        {
            var clients = new ProtocolClient[5];
            for (var i = 0; i < clients.Length; i++)
            {
                clients[i] = await ProtocolClient.OpenAsync(http);
                await clients[i].ConnectAsync(RunningShowcase.KeyOf($"alice-{i}"));
            }

            return new People(clients);
        }

        public ProtocolClient Author(int number) => clients[number % clients.Length];

        public async Task ClosedAsync()
        {
            foreach (var client in clients) await client.ClosedAsync();
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var client in clients) await client.DisposeAsync();
        }
    }
}
