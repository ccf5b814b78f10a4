using Showcase.Tests.Wire;

namespace Showcase.Tests.Chat;

/// <summary>The messages with which a new store begins.</summary>
public sealed class WelcomeTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("chat");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task A_new_store_has_messages_of_the_showcase_in_each_room_and_a_used_one_gets_no_more()
    {
        var first = await RoomsAsync();
        Assert.All(first, static last => Assert.Equal(("showcase", "Showcase"), (last.User, last.Name)));
        Assert.Equal(first, await RoomsAsync());
    }

    [Fact]
    public async Task A_visitor_with_the_name_of_the_showcase_gets_a_suffix()
    {
        await using var showcase = await RunningShowcase.StartAsync(data: _data.FullName);
        await using var visitor = await showcase.ConnectAsync("somebody");
        var renamed = await visitor.CallAsync("visitor.rename", """{"name":"SHOWCASE"}""");
        Assert.StartsWith("SHOWCASE #", renamed.GetProperty("name").GetString(), StringComparison.Ordinal);
    }

    private async Task<List<(string? User, string? Name, long Id)>> RoomsAsync()
    {
        await using var showcase = await RunningShowcase.StartAsync(data: _data.FullName, isChatWelcoming: true);
        await using var visitor = await showcase.ConnectAsync("somebody");
        var rooms = (await visitor.SubscribeAsync("rooms:latest")).GetProperty("data").GetProperty("rooms");
        return [.. rooms.EnumerateArray().Select(static room => room.GetProperty("last")).Select(static last =>
            (last.GetProperty("user").GetString(), last.GetProperty("name").GetString(), last.GetProperty("id").GetInt64()))];
    }
}
