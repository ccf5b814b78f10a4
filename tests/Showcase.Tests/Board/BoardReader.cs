using Duplex.Testing;
using Showcase.Board;
using Showcase.Board.Market;

namespace Showcase.Tests.Board;

/// <summary>A page's table: the latest quote of each instrument.</summary>
internal sealed class BoardReader
{
    private readonly TestClient _client;

    private BoardReader(TestClient client, QuotesData data)
    {
        _client = client;
        Table = data.Quotes.ToDictionary(static quote => quote.Symbol);
    }

    public Dictionary<string, Quote> Table { get; }

    /// <summary>The number of publications.</summary>
    public int Received { get; private set; }

    /// <summary>Subscribes, with a pace or without one.</summary>
    public static async Task<BoardReader> SubscribeAsync(BoardHost host, string user, int delay)
    {
        var client = await host.ConnectAsync(user);
        var reply = await client.SubscribeAsync("board:all", new() { Data = delay == 0 ? null : new PacedData(new(delay)) });
        return new(client, reply.Read<QuotesData>()!);
    }

    /// <summary>Takes what has arrived.</summary>
    public void Take()
    {
        foreach (var push in _client.TakePushes()) Take(push);
    }

    /// <summary>Waits for publications until the table is that of the server.</summary>
    public async Task BecomeAsync(Dictionary<string, Quote> table)
    {
        Take();
        while (!IsSame(table)) Take(await _client.NextAsync());
    }

    public bool IsSame(Dictionary<string, Quote> table) => Table.Count == table.Count && Table.All(row => table[row.Key] == row.Value);

    private void Take(TestPush push)
    {
        var quote = push.Read<Quote>()!;

        // The quotes of the reply may be newer than publications that were under way.
        if (quote.Time > Table[quote.Symbol].Time) Table[quote.Symbol] = quote;
        Received++;
    }
}
