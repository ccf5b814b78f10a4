using CsCheck;

namespace Showcase.Tests.Board;

/// <summary>What readers of the board receive, at a time of the test's choice.</summary>
public sealed class QuoteFeedTests : IDisposable
{
    private static readonly int[] Delays = [0, 50, 250, 1000];
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("board");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task After_a_quiet_second_every_reader_has_the_table_of_the_server_whatever_was_skipped()
    {
        // Each step lets time pass and adds a reader at a pace: 0 for none.
        var steps = Gen.Select(Gen.Int[1, 30], Gen.Int[0, 3].Select(static choice => Delays[choice])).Array[1, 6];
        await steps.SampleAsync(async history =>
        {
            await using var board = await BoardHost.StartAsync(_data.FullName);
            var every = await BoardReader.SubscribeAsync(board, "every", delay: 0);
            var readers = new List<BoardReader>();
            foreach (var (ticks, delay) in history)
            {
                readers.Add(await BoardReader.SubscribeAsync(board, $"reader-{readers.Count}", delay));
                for (var tick = 0; tick < ticks; tick++) await board.AdvanceAsync(Tick);
            }

            // The feed publishes on the thread pool; then it is stopped, and the paces run out.
            var table = board.Table();
            await every.BecomeAsync(table);
            await board.StopFeedAsync();
            await board.AdvanceAsync(TimeSpan.FromSeconds(2));
            foreach (var reader in readers)
            {
                reader.Take();
                Assert.True(reader.IsSame(table));
                Assert.True(reader.Received <= every.Received);
            }
        }, iter: 10);
    }

    [Fact]
    public async Task A_reader_with_a_slow_pace_receives_each_instrument_once_a_second()
    {
        await using var board = await BoardHost.StartAsync(_data.FullName);
        var every = await BoardReader.SubscribeAsync(board, "every", delay: 0);
        var slow = await BoardReader.SubscribeAsync(board, "slow", delay: 1000);
        for (var second = 0; second < 4; second++)
        {
            for (var tick = 0; tick < 20; tick++)
            {
                await board.AdvanceAsync(Tick);
                await every.BecomeAsync(board.Table());
            }
        }

        slow.Take();
        Assert.InRange(every.Received, 3900, 4100);
        Assert.InRange(slow.Received, 1, 4 * 400);
    }

    [Fact]
    public async Task Nothing_is_published_while_nobody_watches_and_a_new_reader_has_the_prices_of_its_moment()
    {
        await using var board = await BoardHost.StartAsync(_data.FullName);
        var first = await board.ConnectAsync("ada");
        await first.SubscribeAsync("board:all");
        await board.AdvanceAsync(TimeSpan.FromSeconds(1));
        await first.UnsubscribeAsync("board:all");

        await board.FallAsleepAsync();
        await board.AdvanceAsync(TimeSpan.FromMinutes(5));

        var reader = await BoardReader.SubscribeAsync(board, "bob", delay: 0);
        Assert.True(reader.IsSame(board.Table()));
        await board.AdvanceAsync(Tick);
        await reader.BecomeAsync(board.Table());
    }

    [Fact]
    public async Task Readers_of_both_channels_receive_the_same_quotes()
    {
        await using var board = await BoardHost.StartAsync(_data.FullName);
        var latest = await BoardReader.SubscribeAsync(board, "ada", delay: 0);
        var client = await board.ConnectAsync("bob");
        await client.SubscribeAsync("board-queued:all");
        await board.AdvanceAsync(Tick);
        await latest.BecomeAsync(board.Table());
        await board.StopFeedAsync();
        await board.AdvanceAsync(Tick);

        Assert.NotEqual(0, latest.Received);
        Assert.Equal(latest.Received, client.TakePushes().Count(static push => push.Channel == "board-queued:all"));
    }
}
