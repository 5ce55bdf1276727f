BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    Set-Content "$TestDrive/labels.csv" 'file,class', 'chelsea.png,Egyptian cat', 'coffee.png,espresso', 'astronaut.png,basketball', 'rocket.jpg,obelisk'
    function DataOf($File) { ([regex] '(?s)<script id="data" type="application/json">(.*?)</script>').Match([IO.File]::ReadAllText($File)).Groups[1].Value | ConvertFrom-Json }
}

Describe 'New-CnnLabelingTask' {
    It 'makes a page of pictures, classes and answers of the network' {
        $file = New-CnnLabelingTask $photos "$TestDrive/task.html" -LabelPath "$TestDrive/labels.csv" -Model alexnet64 -Count 3 -TrainingCount 1 -Order Alphabetical -ExampleCount 0
        $file | Should -BeOfType System.IO.FileInfo
        $data = DataOf $file
        $data.items.Count, $data.items.Where({ $_.training }).Count, $data.classes.Count, $data.guesses | Should -Be 4, 1, 100, 5
        $data.classes.name | Should -Be @($data.classes.name | Sort-Object)
        foreach ($item in $data.items) {
            $said = (Get-CnnPrediction "$photos/$($item.image)" -Model alexnet64).Top.Name
            $item.predictions[0].ForEach({ $data.classes[$_[0]].name }) | Should -Be $said
        }
        [IO.File]::ReadAllText($file) | Should -Not -Match ([regex]::Escape($photos))
    }

    It 'takes labels from folders, and examples from what is left' {
        foreach ($class in 'cat', 'cup') { foreach ($i in 1..3) { $null = New-Item -ItemType Directory "$TestDrive/set/$class" -Force; Copy-Item ($class -eq 'cat' ? $chelsea : $coffee) "$TestDrive/set/$class/$i.png" } }
        $data = DataOf (New-CnnLabelingTask "$TestDrive/set" "$TestDrive/set.html" -Recurse -Count 2 -TrainingCount 0)
        $data.items.Count | Should -Be 2
        ($data.classes.examples | Measure-Object -Sum).Sum | Should -Be 4
        $data.networks.Count | Should -Be 0
    }

    It 'refuses what cannot be, and replaces nothing' {
        { New-CnnLabelingTask "$TestDrive/set/cat" "$TestDrive/one.html" -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument*'
        { New-CnnLabelingTask $photos "$TestDrive/task.html" -ErrorAction Stop } | Should -Throw -ErrorId 'FileExists*'
        { New-CnnLabelingTask $photos "$TestDrive/task.txt" -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument*'
        New-CnnLabelingTask "$TestDrive/set" "$TestDrive/whatif.html" -Recurse -WhatIf
        "$TestDrive/whatif.html", "$TestDrive/one.html" | Should -Not -Exist
    }
}
