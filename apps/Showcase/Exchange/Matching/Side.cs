namespace Showcase.Exchange.Matching;

/// <summary>The two sides of a book.</summary>
public enum Side : byte
{
    Buy,
    Sell,
}
