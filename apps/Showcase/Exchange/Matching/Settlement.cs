namespace Showcase.Exchange.Matching;

/// <summary>Moves balances for the orders of one symbol. Admission guarantees that they suffice.</summary>
internal sealed class Settlement(Instrument instrument, Ledger ledger)
{
    /// <summary>Locks the maximum cost of a resting order.</summary>
    public void Lock(Order order) => ledger.Lock(order.Account, AssetOf(order.Side), Promised(order.Side, order.Price, order.Remaining));

    /// <summary>Unlocks the amount reserved for the unfilled part of a resting order.</summary>
    public void Unlock(Order order) => ledger.Unlock(order.Account, AssetOf(order.Side), Promised(order.Side, order.Price, order.Remaining));

    /// <summary>
    /// Settles both sides of a trade. The maker pays from its locked balance, which holds exactly this amount because trades
    /// execute at the maker's price. The taker pays from its free balance.
    /// </summary>
    public (long Maker, long Taker) Settle(Order taker, Order maker, long price, long quantity)
    {
        ledger.Pay(taker.Account, AssetOf(taker.Side), Promised(taker.Side, price, quantity));
        ledger.PayLocked(maker.Account, AssetOf(maker.Side), Promised(maker.Side, price, quantity));
        return (Receive(maker, price, quantity, instrument.MakerFee), Receive(taker, price, quantity, instrument.TakerFee));
    }

    private long Receive(Order order, long price, long quantity, int feeMillionths)
    {
        // Each side receives the amount that the other pays, and pays its fee in the received asset.
        var opposite = order.Side == Side.Buy ? Side.Sell : Side.Buy;
        var amount = Promised(opposite, price, quantity);
        var fee = Instrument.FeeOn(amount, feeMillionths);
        ledger.Receive(order.Account, AssetOf(opposite), amount, fee);
        return fee;
    }

    private int AssetOf(Side side) => side == Side.Buy ? instrument.Quote : instrument.Base;

    private long Promised(Side side, long price, long quantity) =>
        side == Side.Buy ? instrument.Notional(price, quantity) : quantity * instrument.StepAmount;
}
