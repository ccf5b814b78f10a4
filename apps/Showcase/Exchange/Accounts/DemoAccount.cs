using Showcase.Exchange.Matching;
using Showcase.Exchange.Wire;

namespace Showcase.Exchange.Accounts;

/// <summary>A browser's account: its orders, its fills, and its number in the ledger.</summary>
public sealed class DemoAccount(string user, string address, int number)
{
    /// <summary>Final orders and fills remembered; older ones are forgotten.</summary>
    public const int Remembered = 200;

    private readonly Dictionary<(Market, long), OrderRecord> _byId = [];
    private readonly LinkedList<OrderRecord> _newestFirst = [];
    private readonly Queue<FillMessage> _fills = [];

    /// <summary>The user's id, derived from the browser's key.</summary>
    public string User { get; } = user;

    /// <summary>The account in the ledger.</summary>
    public int Number { get; } = number;

    /// <summary>The group of addresses that opened it.</summary>
    public string Address { get; } = address;

    /// <summary>When its owner last called, Unix milliseconds.</summary>
    public long LastSeen { get; set; }

    /// <summary>Number of orders that rest.</summary>
    public int OpenOrderCount { get; private set; }

    /// <summary>Orders, the newest first.</summary>
    public IEnumerable<OrderRecord> Orders => _newestFirst;

    /// <summary>Orders that rest, the newest first.</summary>
    public IEnumerable<OrderRecord> OpenOrders => _newestFirst.Where(order => order.State.IsOpen);

    /// <summary>Fills, the newest first.</summary>
    public IEnumerable<FillMessage> Fills => _fills.Reverse();

    /// <summary>Takes over an order's new state.</summary>
    /// <param name="market">Where it was placed.</param>
    /// <param name="state">Its state.</param>
    /// <param name="clientOrderId">Its owner's name for it; counts when the order is new.</param>
    public OrderRecord Update(Market market, in OrderState state, string? clientOrderId)
    {
        if (_byId.TryGetValue((market, state.Id), out var record))
        {
            if (record.State.IsOpen) OpenOrderCount--;
        }
        else
        {
            _byId[(market, state.Id)] = record = new OrderRecord(market, clientOrderId);
            _newestFirst.AddFirst(record);
        }

        if (state.IsOpen) OpenOrderCount++;
        record.State = state;
        ForgetOldOrders();
        return record;
    }

    /// <summary>Remembers a fill.</summary>
    public void Add(FillMessage fill)
    {
        _fills.Enqueue(fill);
        if (_fills.Count > Remembered) _fills.Dequeue();
    }

    private void ForgetOldOrders()
    {
        for (var node = _newestFirst.Last; node is not null && _newestFirst.Count > Remembered;)
        {
            var previous = node.Previous;
            if (!node.Value.State.IsOpen)
            {
                _byId.Remove((node.Value.Market, node.Value.State.Id));
                _newestFirst.Remove(node);
            }

            node = previous;
        }
    }
}
