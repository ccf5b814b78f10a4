namespace Duplex.WebSockets.Connections;

/// <summary>Something that waits for the end of its owner's turn.</summary>
internal interface ITurnEnd
{
    void OnTurnEnd();
}
