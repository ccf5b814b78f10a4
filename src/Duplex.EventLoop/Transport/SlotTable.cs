namespace Duplex.EventLoop.Transport;

/// <summary>The rows of a back end's sockets, in blocks: the table grows without copying, so a reference to a row stays good.</summary>
internal sealed class SlotTable
{
    private const int BlockBits = 8;
    private const int BlockLength = 1 << BlockBits;

    private SocketSlot[][] _blocks = new SocketSlot[16][];

    /// <summary>Rows, those that are free included.</summary>
    public int Count { get; private set; }

    public ref SocketSlot this[int index] => ref _blocks[index >> BlockBits][index & (BlockLength - 1)];

    /// <summary>Adds a row.</summary>
    /// <returns>Its number.</returns>
    public int Add()
    {
        var index = Count++;
        var block = index >> BlockBits;
        if (block == _blocks.Length) Array.Resize(ref _blocks, block * 2);
        _blocks[block] ??= new SocketSlot[BlockLength];
        return index;
    }
}
