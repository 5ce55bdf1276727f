#requires -Version 7.6
<#
.SYNOPSIS
    Measures how codes of a network are inverted by moving pixels and by moving a spectrum: docs/synthesis.md has the table.
.DESCRIPTION
    Every n-th photo of a folder is inverted from each layer, by Adam: in pixels, and in a spectrum, whose pictures are shifted where -Jitter says so. A line a layer and way: photos, mean error, PSNR and SSIM,
    photos whose predicted class is kept, and photos that are more like their original (SSIM) than by the other way.
.PARAMETER Jitter
    Pixels that the spectrum's pictures are shifted by, at most, by layer.
.EXAMPLE
    ./benchmarks/Inversion.ps1 ../shared/data/photos -Every 3 | Format-Table
#>
param(
    [Parameter(Mandatory)] [string] $Photos,
    [string] $Model = 'resnet224',
    [string[]] $Layer = @('relu1', 'relu2_2', 'relu3_2', 'relu4_2', 'relu5_3'),
    [int] $Every = 1,
    [int] $First = [int]::MaxValue,
    [int] $Steps = 60,
    [hashtable] $Jitter = @{ relu2_2 = 1 }
)
Import-Module "$PSScriptRoot/../CnnVis.psd1"
$files = @(Get-ChildItem $Photos -File | Sort-Object Name)
$files = @(for ($i = 0; $i -lt $files.Count; $i += $Every) { $files[$i].FullName }) | Select-Object -First $First
$made = foreach ($way in 'Pixels', 'Spectrum') {
    foreach ($name in $Layer) {
        $options = @{ Spectrum = $way -eq 'Spectrum' }
        if ($options.Spectrum -and $Jitter.ContainsKey($name)) { $options.Jitter = $Jitter[$name] }
        ConvertFrom-CnnCode -LiteralPath $files $name -Model $Model -Steps $Steps @options | Select-Object @{ n = 'Way'; e = { $way } }, Path, Layer, Error, Psnr, Ssim, Class, OriginalClass
    }
}
foreach ($group in $made | Group-Object Layer, Way) {
    $first = $group.Group[0]
    $other = @{}
    $made | Where-Object { $_.Layer -eq $first.Layer -and $_.Way -ne $first.Way } | ForEach-Object { $other[$_.Path] = $_.Ssim }
    [pscustomobject]@{
        Layer = $first.Layer
        Way = $first.Way
        Photos = $group.Count
        Error = ($group.Group.Error | Measure-Object -Average).Average
        Psnr = ($group.Group.Psnr | Measure-Object -Average).Average
        Ssim = ($group.Group.Ssim | Measure-Object -Average).Average
        Kept = @($group.Group | Where-Object { $_.Class -eq $_.OriginalClass }).Count
        MoreAlike = @($group.Group | Where-Object { $_.Ssim -gt $other[$_.Path] }).Count
    }
}
