namespace Showcase.Exchange.Matching;

/// <summary>Moves balances for the orders of one symbol. Admission has made sure that they suffice.</summary>
internal sealed class Settlement(Instrument instrument, Ledger ledger)
{
    /// <summary>Sets aside what a resting order may come to cost.</summary>
    public void Lock(Order order) => ledger.Lock(order.Account, AssetOf(order.Side), Promised(order.Side, order.Price, order.Remaining));

    /// <summary>Gives back what the unfilled part of a resting order had set aside.</summary>
    public void Unlock(Order order) => ledger.Unlock(order.Account, AssetOf(order.Side), Promised(order.Side, order.Price, order.Remaining));

    /// <summary>
    /// Pays both sides of a trade. The maker pays from what is locked: exactly this much was, since trades happen at
    /// the maker's price. The taker pays from what is free.
    /// </summary>
    public (long Maker, long Taker) Settle(Order taker, Order maker, long price, long quantity)
    {
        ledger.Pay(taker.Account, AssetOf(taker.Side), Promised(taker.Side, price, quantity));
        ledger.PayLocked(maker.Account, AssetOf(maker.Side), Promised(maker.Side, price, quantity));
        return (Receive(maker, price, quantity, instrument.MakerFee), Receive(taker, price, quantity, instrument.TakerFee));
    }

    private long Receive(Order order, long price, long quantity, int feeMillionths)
    {
        // Each side gets what the other pays, and the fee is in the asset received.
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
