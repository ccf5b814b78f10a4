using Showcase.Exchange.Matching;
using Showcase.Exchange.Wire;

namespace Showcase.Exchange.Accounts;

/// <summary>The demo account of a browser: its orders, its fills and its account number in the ledger.</summary>
public sealed class DemoAccount(string user, string address, int number)
{
    /// <summary>The maximum number of final orders, and of fills, that the account retains; the oldest are removed.</summary>
    public const int Remembered = 200;

    private readonly Dictionary<(Market, long), OrderRecord> _byId = [];
    private readonly LinkedList<OrderRecord> _newestFirst = [];
    private readonly Queue<FillMessage> _fills = [];

    /// <summary>The user's id, derived from the browser's key.</summary>
    public string User { get; } = user;

    /// <summary>The account number in the ledger.</summary>
    public int Number { get; } = number;

    /// <summary>The address group from which the account was opened.</summary>
    public string Address { get; } = address;

    /// <summary>The time of the owner's last call, in Unix milliseconds.</summary>
    public long LastSeen { get; set; }

    /// <summary>The number of resting orders.</summary>
    public int OpenOrderCount { get; private set; }

    /// <summary>All retained orders, newest first.</summary>
    public IEnumerable<OrderRecord> Orders => _newestFirst;

    /// <summary>The resting orders, newest first.</summary>
    public IEnumerable<OrderRecord> OpenOrders => _newestFirst.Where(order => order.State.IsOpen);

    /// <summary>The retained fills, newest first.</summary>
    public IEnumerable<FillMessage> Fills => _fills.Reverse();

    /// <summary>Stores the new state of an order.</summary>
    /// <param name="market">The market of the order.</param>
    /// <param name="state">The new state of the order.</param>
    /// <param name="clientOrderId">The owner's id for the order; used only when the order is new.</param>
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

    /// <summary>Stores a fill.</summary>
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
