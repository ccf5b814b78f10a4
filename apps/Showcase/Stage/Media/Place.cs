namespace Showcase.Stage.Media;

/// <summary>A place of a connection among the <see cref="Places"/>; disposed when the connection has ended.</summary>
internal sealed class Place(Places places, string address) : IDisposable
{
    public void Dispose() => places.Leave(address);
}
