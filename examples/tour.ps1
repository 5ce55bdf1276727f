<#
.SYNOPSIS
    Everything that "Visualizing what ConvNets learn" surveys, on a few photos, in one report.
.DESCRIPTION
    Walks through Stanford's page in its order, with the photos beside this script and the default network (or with yours), says what each picture shows,
    and ends in one HTML page that holds all of it: pictures, numbers, and the command that made each.
    Works in pwsh 7.6 after ./build.ps1, and in the PowerShell that comes along: dotnet run --project src/CnnVis.Host -- examples/tour.ps1
.PARAMETER Path
    Photos, or folders of them; at least two.
.PARAMETER Model
    A network: a name that Get-CnnModel lists, or an ONNX file.
.PARAMETER Output
    The folder for report.html and the page in which people label.
.EXAMPLE
    ./examples/tour.ps1 ~/Pictures/*.jpg -Output ~/cnnvis-tour
.EXAMPLE
    ./examples/tour.ps1 -Model alexnet64
#>
param(
    [Alias('Photo')] [string[]] $Path = "$PSScriptRoot/photos",
    [string] $Model,
    [string] $Output = "$PSScriptRoot/../output/tour"
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../CnnVis.psd1"
$Output = [IO.Path]::GetFullPath($Output)
$null = New-Item -ItemType Directory $Output -Force
$began = [Diagnostics.Stopwatch]::StartNew()
$entries = [Collections.Generic.List[object]]::new()

# What is said on the way stands in the report too.
function Show-Step([string] $Title) {
    Write-Host ('{0,3:0} s  {1}' -f $began.Elapsed.TotalSeconds, $Title)
    $entries.Add("# $Title")
}
function Show-Note([string] $Text) { $entries.Add($Text) }
function Add-Entry { process { $entries.Add($_) } }

$network = if ($Model) { Import-CnnModel $Model } else { (Get-CnnLayer | Select-Object -First 1).Model }
$relus = @($network | Get-CnnLayer | Where-Object { $_.Operator -eq 'Relu' -and $_.OutputShape.Count -eq 3 })
if (-not $relus) { $relus = @($network | Get-CnnLayer | Where-Object { $_.OutputShape.Count -eq 3 }) }
$first, $middle, $last = $relus[0], $relus[[int] [Math]::Floor($relus.Count / 2)], $relus[-1]
$predictions = @(Get-CnnPrediction $Path -Model $network)
$best = $predictions | Sort-Object Probability -Descending | Select-Object -First 1
$photo = $best.Path
$other = ($predictions | Where-Object Path -NE $photo | Select-Object -First 1).Path
$weakest = ($predictions | Sort-Object Probability | Select-Object -First 1).Path

Write-Host "$($network.Name) looks at $($predictions.Count) photos, most surely at $(Split-Path $photo -Leaf)."
$entries.Add("# $($network.Name) and what it says")
Show-Note "It answers with one of $($network.Classes.Count) classes. A photo of anything else gets the nearest of them, at times with confidence."
$predictions | Add-Entry

Show-Step '1. Layer activations'
Show-Note 'One box a filter, dark where it is silent. Early maps follow the edges and colours of the photo; late ones are sparse, and fire where something is.'
Get-CnnActivation $photo $first.Alias -Channel (0..([Math]::Min(31, $first.Channels - 1))) -Model $network | Add-Entry
Get-CnnActivation $photo $last.Alias -Channel (0..([Math]::Min(47, $last.Channels - 1))) -Model $network | Add-Entry
Show-Note 'A filter that fires for no photo may be dead. A few photos prove little: the share of all photos for which it may still fire is what "95 % below" says.'
Measure-CnnActivation $Path -Layer $last.Alias -Model $network | Group-Object Verdict -NoElement | Select-Object Name, Count | Add-Entry

Show-Step '2. Filters'
Show-Note 'The first layer looks at the photo itself, so its weights are pictures. Smooth ones are a sign of training that came to its end, noise of one that did not.'
$network | Get-CnnFilter | Add-Entry

Show-Step '3. What activates a neuron most'
Show-Note 'The photos, and the parts of them that the unit sees, in the order of its activation. With a folder of thousands one sees what it is for.'
Find-MaxActivatingImage $Path -Layer $middle.Alias -Channel 0, 1, 2 -Top 4 -Model $network | Add-Entry

Show-Step '4. The map of codes'
Show-Note 'Tiles of the photos, near each other where the network sees the same.'
Get-CnnCode $Path -Tile 96 -Stride 96 -Model $network | ConvertTo-Tsne -Perplexity 10 |
    Export-TsneMap "$Output/tiles.png" -Layout Grid -ThumbnailSize 56 -Force -PassThru | Add-Entry

Show-Step '5. Occlusion'
Show-Note 'A grey square slides over the photo. Where the class loses most, there the network looks.'
Invoke-Occlusion $photo -Model $network | Add-Entry

Show-Step '6. The data gradient'
Show-Note 'How much each pixel changes the score: noisy, and honest.'
Get-SaliencyMap $photo Gradient, GradCam -Model $network | Add-Entry

Show-Step '7. DeconvNet and guided backpropagation'
Show-Note 'What a unit saw, going back through the network, only along what raises it.'
Get-SaliencyMap $photo DeconvNet -Layer $middle.Alias -Model $network | Add-Entry
Get-SaliencyMap $photo GuidedBackprop -Model $network | Add-Entry

Show-Step '8. What a class likes best'
Show-Note 'Made from nothing, by going up the score of the class.'
New-CnnClassImage $best.Class -Model $network -Step 48 | Add-Entry

Show-Step '9. Reconstruction'
Show-Note 'The photo again, from what a layer knows of it alone: the deeper the layer, the less of colour and place is left.'
ConvertFrom-CnnCode $photo $first.Alias, $middle.Alias -Model $network -Step 40 -Sheet | Add-Entry

Show-Step '10. How much of place is kept'
Show-Note 'Lines join the places of two photos that look the same to a layer. How exact that is, Measure-CnnCorrespondence says.'
Find-CnnCorrespondence $photo $other -Layer $middle.Alias -Model $network | Add-Entry

Show-Step '11. Performance and attributes'
Show-Note 'What the photos are like, and what the network says of one when an attribute is changed and nothing else.'
Get-ImageAttribute $Path | Select-Object @{ n = 'Photo'; e = { Split-Path $_.Path -Leaf } }, Width, Height, Brightness, Contrast, Colorfulness, Sharpness | Add-Entry
$corrupted = New-CorruptedImage $photo GaussianNoise, DefocusBlur, Fog 3 -Model $network
$corrupted | Add-Entry
$corrupted | Get-CnnPrediction -Model $network | Add-Entry

Show-Step '12. Fooling'
Show-Note 'A change that nobody sees gets another answer, and a picture of nothing gets a sure one.'
New-AdversarialExample $weakest Pgd 4/255 -Model $network | Add-Entry
New-FoolingImage $best.Class -Model $network -Step 60 | Add-Entry

Show-Step '13. People'
Show-Note 'label.html opens from disk; a person labels in it what the network was asked. Compare-CnnHumanLabel reads what it exports. So many pictures show that 95 % are more than 93 %:'
$labels = New-TemporaryFile
$predictions | Select-Object @{ n = 'file'; e = { Split-Path $_.Path -Leaf } }, @{ n = 'class'; e = { $_.Class } } | Export-Csv $labels
New-CnnLabelingTask $Path "$Output/label.html" -Count $predictions.Count -LabelPath $labels -Model $network -Force -WarningAction SilentlyContinue | Out-Null
Remove-Item $labels
Measure-CnnHumanStudy 0.95 0.93 -Kappa 0.2 | Add-Entry

$entries | Export-CnnReport "$Output/report.html" -Title "What $($network.Name) has learned" -Force
Write-Host ('{0,3:0} s  Done.' -f $began.Elapsed.TotalSeconds)
''
"All of it, with the command that made each: $Output/report.html"
if ([Environment]::UserInteractive -and -not [Console]::IsOutputRedirected -and $Host.Name -eq 'ConsoleHost') { Invoke-Item "$Output/report.html" -ErrorAction Ignore }
