namespace CnnVis.Engine.Adversarial;

/// <summary>
/// A way to make a network err by a small change of a picture. A new attack is one class with a constructor that takes
/// <see cref="AttackOptions"/>; <see cref="AttackMethods"/> finds it by its name. It holds no network and no picture.
/// </summary>
public interface IAttack
{
    /// <summary>As <c>-Method</c> takes it.</summary>
    string Name => GetType().Name;

    /// <summary>The norms that it knows, its own first.</summary>
    IReadOnlyList<AttackNorm> Norms { get; }

    /// <summary>Whether it looks for the smallest change that does, instead of the best one of a given size.</summary>
    bool IsMinimal => false;

    /// <summary>Whether the first thing it asks for is the gradient of the loss at the picture as it is, so that one pass serves it and the verdict before.</summary>
    bool StartsAtPicture => false;

    /// <summary>Whether an example that it finds stands for all larger sizes too, so that a sweep goes on with those pictures alone that have none. A single step of the whole size does not, nor one change for all pictures.</summary>
    bool Nests => false;

    /// <summary>Whether it makes one change for all pictures, so that it has to see them together.</summary>
    bool IsUniversal => false;

    /// <summary>Attacks pictures. What it finds it offers to their rows (<see cref="AttackRows.Offer"/>), which keep the best. Its tensors go to the caller's dispose scope; no inference mode may be open.</summary>
    /// <param name="batch">Pictures, classes, size allowed.</param>
    void Run(AttackBatch batch);
}
