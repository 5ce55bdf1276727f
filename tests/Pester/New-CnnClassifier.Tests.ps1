Describe 'New-CnnClassifier' {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        $folder = "$TestDrive/classes"
        foreach ($class in @{ cat = $chelsea; cup = $coffee; sky = $rocket }.GetEnumerator()) {
            $null = New-Item -ItemType Directory "$folder/$($class.Key)"
            foreach ($i in 1..4) { Copy-Item $class.Value "$folder/$($class.Key)/$($class.Key)_$i$([IO.Path]::GetExtension($class.Value))" }
        }
        $classifier = New-CnnClassifier $folder -Recurse -Model alexnet64 -WeightDecay 0.1
    }

    It 'gives a network that tells the folders apart' {
        $classifier.Name | Should -Be 'alexnet64-classifier'
        $classifier.Classes | Should -Be 'cat', 'cup', 'sky'
        (Get-CnnPrediction $chelsea, $coffee, $rocket -Model $classifier).Class | Should -Be 'cat', 'cup', 'sky'
        (Get-SaliencyMap $coffee -Model $classifier).Model | Should -Be 'alexnet64-classifier'
    }

    It 'says how it was fitted' {
        $classifier.Fit.Count, $classifier.Fit.CodeLength, $classifier.Fit.ClassCount | Should -Be 12, 512, 3
        $classifier.Fit.Layer | Should -Be 'relu7'
        $classifier.Fit.IsConverged | Should -BeTrue
        $classifier.Fit.HeldOutAccuracy | Should -BeNullOrEmpty
    }

    It 'is written by Export-CnnModel' {
        $classifier | Export-CnnModel "$TestDrive/fitted.onnx"
        $read = Import-CnnModel "$TestDrive/fitted.onnx"
        $read.Classes | Should -Be 'cat', 'cup', 'sky'
        (Get-CnnPrediction $coffee -Model $read).Class | Should -Be 'cup'
    }

    It 'takes codes, and their layer with them' {
        $other = Get-CnnCode $folder -Recurse -Model alexnet64 -Layer relu6 | New-CnnClassifier -WeightDecay 0.1
        $other.Fit.Layer | Should -Be 'relu6'
        $other.Fit.Count | Should -Be 12
        (Get-CnnPrediction $chelsea -Model $other).Class | Should -Be 'cat'
    }

    It 'takes labels from names, from a table, and gives them other names in the order asked' {
        $named = New-CnnClassifier "$folder/*/*" -Model alexnet64 -LabelPattern '([a-z]+)_\d' -WeightDecay 1 -ClassName ([ordered]@{ sky = 'rocket'; cat = 'tabby'; cup = 'coffee' }) -Name photos
        $named.Name | Should -Be 'photos'
        $named.Classes | Should -Be 'rocket', 'tabby', 'coffee'
        @('file,label') + ($chelsea, $coffee).ForEach({ "$([IO.Path]::GetFileName($_)),$(if ($_ -eq $coffee) { 'drink' } else { 'animal' })" }) | Set-Content "$TestDrive/labels.csv"
        (New-CnnClassifier $chelsea, $coffee -Model alexnet64 -LabelPath "$TestDrive/labels.csv" -WeightDecay 1).Classes | Should -Be 'animal', 'drink'
    }

    It 'chooses the weight decay on pictures left out, whose other views it does not see either' {
        $chosen = New-CnnClassifier $folder -Recurse -Model alexnet64 -Flip -Crop 1 -HeldOut 0.25
        $chosen.Fit.Count | Should -Be 36
        $chosen.Fit.HeldOutCount | Should -Be 9
        $chosen.Fit.HeldOutAccuracy | Should -Be 1
        $chosen.Fit.WeightDecay | Should -BeIn $chosen.Fit.Trials.WeightDecay
    }

    It 'counts classes as told' {
        (New-CnnClassifier $folder -Recurse -Model alexnet64 -WeightDecay 1 -ClassWeight Balanced).Fit.Objective | Should -BeGreaterThan 0
        $plain = Get-CnnPrediction $rocket -Model (New-CnnClassifier $folder -Recurse -Model alexnet64 -WeightDecay 10)
        $weighted = Get-CnnPrediction $rocket -Model (New-CnnClassifier $folder -Recurse -Model alexnet64 -WeightDecay 10 -ClassWeight @{ sky = 5 })
        $weighted.Probability | Should -BeGreaterThan $plain.Probability
    }

    It 'reports a picture that it cannot use, and goes on' {
        $wrong = "$TestDrive/wrong/cat"
        $null = New-Item -ItemType Directory $wrong
        Set-Content "$wrong/none.png" 'none'
        $classifier = New-CnnClassifier $folder, "$TestDrive/wrong" -Recurse -Model alexnet64 -WeightDecay 1 -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'ImageUnreadable*'
        $classifier.Fit.Count | Should -Be 12
    }

    It 'says what is wrong' {
        { New-CnnClassifier "$folder/cat" -Model alexnet64 -WeightDecay 1 } | Should -Throw -ErrorId 'InvalidArgument*'
        { New-CnnClassifier $chelsea, $coffee -Model alexnet64 -LabelPattern '(' } | Should -Throw -ErrorId 'InvalidArgument*'
        { New-CnnClassifier $folder -Recurse -Model alexnet64 -ClassName @{ cat = 'cat'; cup = 'cup' } -WeightDecay 1 } | Should -Throw -ErrorId 'ClassNotFound*'
        { New-CnnClassifier $folder -Recurse -Model alexnet64 -ClassWeight @{ dog = 2 } } | Should -Throw -ErrorId 'ClassNotFound*'
        { New-CnnClassifier $folder -Recurse -Model alexnet64 -Layer relu9 } | Should -Throw -ErrorId 'LayerNotFound*'
    }
}
